package dev.glimpse.bundle;

import static dev.glimpse.error.UserError.require;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.glimpse.atomic.AtomicDirectory;
import dev.glimpse.error.UserError;
import dev.glimpse.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A bundle that {@link BundleReader} has verified.
 *
 * <p>{@link #read} checks size and SHA-256 of what it reads once more, so its bytes are the manifest's even if somebody
 * writes to the directory in the meantime: give an engine these bytes rather than a path. Reading is safe from any thread.
 */
public final class Bundle implements AutoCloseable {
    public static final String MANIFEST = "manifest.json";
    /** SHA-256 of the manifest, in the form of {@code sha256sum}. */
    public static final String MANIFEST_DIGEST = "manifest.json.sha256";
    /** Optional signature of the manifest. */
    public static final String MANIFEST_SIGNATURE = "manifest.json.sig";

    public static final String CERTIFICATE = "certificate.json";
    public static final String DETECTOR = "detector.onnx";
    public static final String ENCODE = "encode.onnx";
    public static final String STEP = "step.onnx";
    public static final String ANSWER = "answer.onnx";
    public static final String TOKENIZER = "tokenizer.json";
    public static final String LABELS = "labels.json";
    public static final String ANSWERS = "answers.json";
    /** Prefix of the files that hold a {@link Golden}. */
    public static final String GOLDEN = "golden/";

    private final Path directory;
    private final Manifest manifest;
    private final String digest;
    private final boolean temporary;

    /** @param temporary whether the directory belongs to this object and goes when it is closed */
    Bundle(Path directory, Manifest manifest, String digest, boolean temporary) {
        this.directory = directory;
        this.manifest = manifest;
        this.digest = digest;
        this.temporary = temporary;
    }

    public Manifest manifest() {
        return manifest;
    }

    /** SHA-256 of {@code manifest.json}, lower-case hexadecimal: the identity of the model, since it names every file. */
    public String digest() {
        return digest;
    }

    /** The verified directory; for a zip, a private one that {@link #close} removes. */
    public Path directory() {
        return directory;
    }

    /** A listed file, for readers that can only take a path. What stands there now is not checked again. */
    public Path path(String file) {
        entry(file);
        return directory.resolve(file);
    }

    /** The bytes of a listed file, exactly those of the manifest. */
    public byte[] read(String file) {
        Manifest.FileEntry entry = entry(file);
        Path path = directory.resolve(file);
        byte[] bytes;
        try {
            require(Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS), "%s: expected a file, found none", path);
            require(Files.size(path) == entry.size(), "%s: changed since the bundle was opened", path);
            bytes = Files.readAllBytes(path);
        } catch (IOException e) {
            throw new UserError(path + ": expected a readable file: " + e.getMessage(), e);
        }
        String found = Sha256.of(bytes);
        require(
                found.equals(entry.sha256()),
                "%s: expected SHA-256 %s, found %s. Copy the bundle again.",
                path,
                entry.sha256(),
                found);
        return bytes;
    }

    public Labels labels() {
        return json(LABELS, Labels.class);
    }

    public Answers answers() {
        return json(ANSWERS, Answers.class);
    }

    /** What is said about a bundle, without its files: it may be told after the bundle is closed. */
    public record About(Manifest manifest, Optional<Certificate> certificate) {}

    public About about() {
        return new About(manifest, certificate());
    }

    /** What was measured at export; nothing for a bundle of version 1. */
    public Optional<Certificate> certificate() {
        if (!manifest.files().containsKey(CERTIFICATE)) {
            return Optional.empty();
        }
        ObjectNode found = json(CERTIFICATE, ObjectNode.class);
        if (!found.has("networks")) {
            found.putArray("networks"); // as in bundles from before these were measured
        }
        try {
            return Optional.of(Json.mapper().treeToValue(found, Certificate.class));
        } catch (JsonProcessingException e) {
            throw new UserError(directory.resolve(CERTIFICATE) + ": " + e.getOriginalMessage(), e);
        }
    }

    /** One recorded run of a graph; {@code file} is a listed name that starts with {@link #GOLDEN}. */
    public Golden golden(String file) {
        return json(file, Golden.class);
    }

    /** Removes the private directory of a bundle that came from a zip; leaves a directory as it was. */
    @Override
    public void close() {
        if (temporary) {
            try {
                AtomicDirectory.delete(directory);
            } catch (IOException e) {
                throw new UserError("cannot remove " + directory + ": " + e.getMessage(), e);
            }
        }
    }

    private Manifest.FileEntry entry(String file) {
        Manifest.FileEntry entry = manifest.files().get(file);
        if (entry == null) {
            throw new UserError("bundle %s: expected %s among its files, found %s"
                    .formatted(directory, file, manifest.files().keySet()));
        }
        return entry;
    }

    private <T> T json(String file, Class<T> type) {
        try {
            return Json.mapper().readValue(read(file), type);
        } catch (IOException e) {
            throw new UserError(directory.resolve(file) + ": " + e.getMessage(), e);
        }
    }
}
