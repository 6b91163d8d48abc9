package dev.glimpse.bundle;

import static dev.glimpse.error.UserError.require;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.glimpse.atomic.AtomicDirectory;
import dev.glimpse.error.UserError;
import dev.glimpse.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Opens a bundle, directory or zip, after every file of it has been checked against the manifest.
 *
 * <p>A directory is verified where it lies, without a copy, because {@link Bundle#read} checks what it hands out again; a
 * zip is unpacked into a private directory first. Refused, each with a {@link UserError} naming file, expected and found:
 * files that are missing, unlisted, of another size or SHA-256; links and special files; absolute, duplicate and
 * {@code ..} paths; zips beyond {@link Unzip}'s limits; ONNX files with external data; a manifest of another format, of an
 * unknown kind, or whose labels, answers or layout contradict its sizes. That the graphs have the manifest's inputs and
 * outputs is checked by the engine when it loads them.
 */
public final class BundleReader {
    private static final long MOST_MANIFEST_BYTES = 1 << 20;
    private static final int CHUNK = 1 << 16;
    private static final Set<String> REQUIRED = Set.of(
            Bundle.DETECTOR,
            Bundle.ENCODE,
            Bundle.STEP,
            Bundle.ANSWER,
            Bundle.TOKENIZER,
            Bundle.LABELS,
            Bundle.ANSWERS);
    private static final List<String> GRAPHS = List.of(Bundle.DETECTOR, Bundle.ENCODE, Bundle.STEP, Bundle.ANSWER);

    private BundleReader() {}

    /**
     * Verifies and opens a bundle. Close it when its files are no longer needed.
     *
     * @param source a bundle's directory, or a zip of its files
     */
    public static Bundle open(Path source) {
        return open(source, ManifestSeal.configuredKey());
    }

    /**
     * The same with a key of one's own instead of the environment's.
     *
     * @param key Ed25519 public key that the manifest must be signed for; without one, signatures are not looked at
     */
    public static Bundle open(Path source, Optional<PublicKey> key) {
        require(Files.exists(source), "%s: expected a bundle (directory or .zip), found nothing", source);
        try {
            if (Files.isDirectory(source)) {
                return verify(source.toRealPath(), key, false);
            }
            return openZip(source, key);
        } catch (IOException e) {
            throw new UserError("cannot read bundle " + source + ": " + e.getMessage(), e);
        }
    }

    private static Bundle openZip(Path zip, Optional<PublicKey> key) throws IOException {
        Path directory = Files.createTempDirectory("glimpse-bundle-"); // mode 0700
        try {
            Unzip.into(zip, directory);
            return verify(directory, key, true);
        } catch (IOException | RuntimeException e) {
            AtomicDirectory.delete(directory);
            throw e;
        }
    }

    private static Bundle verify(Path directory, Optional<PublicKey> key, boolean temporary) throws IOException {
        byte[] bytes = manifestBytes(directory);
        ManifestSeal.checkDigest(directory, bytes);
        if (key.isPresent()) {
            ManifestSeal.checkSignature(directory, bytes, key.get());
        }
        Manifest manifest = parse(directory, bytes);
        checkManifest(directory, manifest);
        checkNames(directory, manifest);
        for (Map.Entry<String, Manifest.FileEntry> file : manifest.files().entrySet()) {
            checkContent(directory.resolve(file.getKey()), file.getValue());
        }
        Bundle bundle = new Bundle(directory, manifest, Sha256.of(bytes), temporary);
        for (String file : manifest.files().keySet()) {
            if (file.endsWith(".onnx")) {
                OnnxExternalData.refuse(directory.resolve(file).toString(), bundle.read(file));
            }
        }
        checkSizes(directory, bundle);
        return bundle;
    }

    private static byte[] manifestBytes(Path directory) throws IOException {
        Path file = directory.resolve(Bundle.MANIFEST);
        require(
                Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS),
                "%s: expected a bundle with a %s, found none. Write one with glimpse export.",
                directory,
                Bundle.MANIFEST);
        try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            byte[] bytes = in.readNBytes((int) MOST_MANIFEST_BYTES + 1);
            require(bytes.length <= MOST_MANIFEST_BYTES, "%s: expected at most 1 MiB, found more", file);
            return bytes;
        }
    }

    private static Manifest parse(Path directory, byte[] bytes) throws IOException {
        try {
            JsonNode tree = Json.mapper().readTree(bytes);
            if (tree instanceof ObjectNode fields && tree.path("formatVersion").asInt() == Manifest.OLDEST_VERSION) {
                fields.set("temperatures", Json.mapper().valueToTree(Temperatures.NONE));
            }
            return Json.mapper().treeToValue(tree, Manifest.class);
        } catch (JacksonException e) {
            throw new UserError(
                    directory.resolve(Bundle.MANIFEST) + ": expected a manifest: " + e.getOriginalMessage(), e);
        }
    }

    private static void checkManifest(Path directory, Manifest manifest) {
        Path file = directory.resolve(Bundle.MANIFEST);
        require(
                manifest.formatVersion() >= Manifest.OLDEST_VERSION
                        && manifest.formatVersion() <= Manifest.FORMAT_VERSION,
                "%s: expected format version %d or %d, found %d. Export the bundle again with this version of Glimpse.",
                file,
                Manifest.OLDEST_VERSION,
                Manifest.FORMAT_VERSION,
                manifest.formatVersion());
        if (manifest.formatVersion() > Manifest.OLDEST_VERSION) {
            require(
                    manifest.files().containsKey(Bundle.CERTIFICATE),
                    "%s: expected %s among the files, found none",
                    file,
                    Bundle.CERTIFICATE);
            require(
                    Files.isRegularFile(directory.resolve(Bundle.MANIFEST_DIGEST), LinkOption.NOFOLLOW_LINKS),
                    "%s: expected %s beside it, found none. Copy the bundle again.",
                    file,
                    Bundle.MANIFEST_DIGEST);
        }
        require(
                manifest.kind().equals(Manifest.KIND),
                "%s: expected kind %s, found %s",
                file,
                Manifest.KIND,
                BundlePath.printable(manifest.kind()));
        for (String name : REQUIRED) {
            require(manifest.files().containsKey(name), "%s: expected %s among the files, found none", file, name);
        }
        for (String name : GRAPHS) {
            require(manifest.graphs().containsKey(name), "%s: expected %s among the graphs, found none", file, name);
        }
        for (String name : manifest.files().keySet()) {
            BundlePath.check(name, file);
        }
    }

    /** The directory holds the manifest and the listed files, nothing else, and no links. */
    private static void checkNames(Path directory, Manifest manifest) throws IOException {
        Set<String> found;
        try (Stream<Path> walk = Files.walk(directory)) {
            found = walk.filter(path -> !Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS))
                    .peek(BundleReader::checkRegular)
                    .map(path -> directory.relativize(path).toString().replace('\\', '/'))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
        found.remove(Bundle.MANIFEST);
        found.removeAll(ManifestSeal.FILES);
        Set<String> missing = new TreeSet<>(manifest.files().keySet());
        missing.removeAll(found);
        require(
                missing.isEmpty(),
                "%s: expected the files %s, found none of them. Copy the bundle again.",
                directory,
                missing);
        found.removeAll(manifest.files().keySet());
        require(
                found.isEmpty(),
                "%s: expected only files that %s lists, found also %s. Remove them, or export again.",
                directory,
                Bundle.MANIFEST,
                found.stream().limit(5).map(BundlePath::printable).toList());
    }

    private static void checkRegular(Path path) {
        require(
                Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS),
                "%s: expected a plain file, found %s. A bundle holds no links.",
                path,
                Files.isSymbolicLink(path) ? "a symbolic link" : "a special file");
    }

    private static void checkContent(Path file, Manifest.FileEntry expected) throws IOException {
        long size = Files.size(file);
        require(
                size == expected.size(),
                "%s: expected %d bytes, found %d. Copy the bundle again.",
                file,
                expected.size(),
                size);
        MessageDigest digest = Sha256.digest();
        try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            byte[] chunk = new byte[CHUNK];
            for (int n = in.read(chunk); n > 0; n = in.read(chunk)) {
                digest.update(chunk, 0, n);
            }
        }
        String found = Sha256.hex(digest.digest());
        require(
                found.equals(expected.sha256()),
                "%s: expected SHA-256 %s, found %s. Copy the bundle again.",
                file,
                BundlePath.printable(expected.sha256()),
                found);
    }

    private static void checkSizes(Path directory, Bundle bundle) {
        Manifest manifest = bundle.manifest();
        bundle.certificate()
                .ifPresent(certificate -> require(
                        certificate.precision().equals(manifest.precision()),
                        "%s: expected a certificate of precision %s, found one of %s",
                        directory,
                        BundlePath.printable(manifest.precision()),
                        BundlePath.printable(certificate.precision())));
        same(
                directory,
                "classes in labels.json",
                manifest.detector().classes(),
                bundle.labels().classes().size());
        same(
                directory,
                "attributes in labels.json",
                manifest.detector().attributes(),
                bundle.labels().attributes().size());
        same(
                directory,
                "answers in answers.json",
                manifest.fusion().answers(),
                bundle.answers().answers().size());
        same(
                directory,
                "regions in the layout",
                manifest.detector().regions(),
                manifest.layout().regions());
        same(
                directory,
                "numbers in a region's feature",
                manifest.detector().feature(),
                manifest.fusion().regionFeature());
        int positions = Math.max(
                manifest.layout().question(),
                manifest.layout().caption() + manifest.layout().tags());
        require(
                manifest.fusion().positions() >= positions,
                "%s: expected at least %d positions for its layout, found %d",
                directory,
                positions,
                manifest.fusion().positions());
    }

    private static void same(Path directory, String what, int expected, int found) {
        require(expected == found, "%s: expected %d %s, found %d", directory, expected, what, found);
    }
}
