package dev.glimpse.bundle;

import static dev.glimpse.error.UserError.require;

import dev.glimpse.atomic.AtomicDirectory;
import dev.glimpse.error.UserError;
import dev.glimpse.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.PrivateKey;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Writes a bundle so that its place holds either what was there before or the whole new one. Used by one thread. */
public final class BundleWriter {
    /** Adds the files of a bundle and returns its manifest, whose {@code files} are those of the writer. */
    @FunctionalInterface
    public interface Content {
        Manifest addTo(BundleWriter bundle) throws IOException;
    }

    private final Path directory;
    private final Map<String, Manifest.FileEntry> files = new TreeMap<>();

    private BundleWriter(Path directory) {
        this.directory = directory;
    }

    /**
     * Writes a bundle: a temporary directory beside the target is filled, verified as a reader would, forced to disk and
     * renamed.
     *
     * @param target the bundle's directory: absent, empty, or an older bundle that will be replaced
     * @return the bundle, opened where it now lies
     * @throws UserError when the target is something else, or the content is no valid bundle
     */
    public static Bundle write(Path target, Content content) {
        return write(target, Optional.empty(), content);
    }

    /**
     * Writes a bundle and signs its manifest.
     *
     * @param key Ed25519 private key; without one there is no signature
     */
    public static Bundle write(Path target, Optional<PrivateKey> key, Content content) {
        try {
            refuseForeign(target);
            AtomicDirectory.write(target, directory -> {
                BundleWriter writer = new BundleWriter(directory);
                Manifest manifest = content.addTo(writer);
                byte[] bytes = Json.bytes(manifest);
                Files.write(directory.resolve(Bundle.MANIFEST), bytes);
                Files.write(directory.resolve(Bundle.MANIFEST_DIGEST), ManifestSeal.digestFile(bytes));
                if (key.isPresent()) {
                    Files.write(directory.resolve(Bundle.MANIFEST_SIGNATURE), Signature.sign(bytes, key.get()));
                }
                BundleReader.open(directory).close();
            });
        } catch (IOException e) {
            throw new UserError("cannot write bundle " + target + ": " + e.getMessage(), e);
        }
        return BundleReader.open(target);
    }

    /** Writes the digest of a manifest that was changed on purpose; a signature is then no longer right. */
    public static void seal(Path directory) throws IOException {
        byte[] manifest = Files.readAllBytes(directory.resolve(Bundle.MANIFEST));
        Files.write(directory.resolve(Bundle.MANIFEST_DIGEST), ManifestSeal.digestFile(manifest));
    }

    /** Adds one file. */
    public void add(String file, byte[] content) throws IOException {
        BundlePath.check(file, directory);
        require(!files.containsKey(file), "%s: expected each file once, found %s twice", directory, file);
        Path path = directory.resolve(file);
        Path folder = path.getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        Files.write(path, content, StandardOpenOption.CREATE_NEW);
        files.put(file, new Manifest.FileEntry(content.length, Sha256.of(content)));
    }

    /** Size and SHA-256 of the files added so far, for the manifest. */
    public Map<String, Manifest.FileEntry> files() {
        return Collections.unmodifiableMap(files);
    }

    /** A directory that is no bundle may be somebody's work: leave it alone. */
    private static void refuseForeign(Path target) throws IOException {
        boolean replaceable =
                !Files.exists(target) || (Files.isDirectory(target) && (isEmpty(target) || isBundle(target)));
        require(
                replaceable,
                "%s: expected a new directory, an empty one or an older bundle, found something else. Name another place.",
                target);
    }

    private static boolean isEmpty(Path directory) throws IOException {
        try (Stream<Path> list = Files.list(directory)) {
            return list.findAny().isEmpty();
        }
    }

    private static boolean isBundle(Path directory) {
        Path manifest = directory.resolve(Bundle.MANIFEST);
        try {
            return Files.exists(manifest)
                    && Json.mapper().readTree(Files.readAllBytes(manifest)).has("formatVersion");
        } catch (IOException e) {
            return false;
        }
    }
}
