package dev.glimpse.bundle;

import static dev.glimpse.error.UserError.require;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/** What stands beside a manifest to protect it: its digest against accidents, its signature against people. */
final class ManifestSeal {
    /** Files that a manifest cannot list, since they are made from it. */
    static final Set<String> FILES = Set.of(Bundle.MANIFEST_DIGEST, Bundle.MANIFEST_SIGNATURE);

    private static final String KEY = "GLIMPSE_BUNDLE_KEY";
    private static final int MOST_BYTES = 1024;

    private ManifestSeal() {}

    /** The content of the digest's file. */
    static byte[] digestFile(byte[] manifest) {
        return (Sha256.of(manifest) + "  " + Bundle.MANIFEST + "\n").getBytes(StandardCharsets.US_ASCII);
    }

    /** The public key that the environment names, which every bundle must then be signed for. */
    static Optional<PublicKey> configuredKey() {
        String file = System.getenv(KEY);
        return file == null || file.isEmpty() ? Optional.empty() : Optional.of(Signature.publicKey(Path.of(file)));
    }

    /** Refuses a manifest that is not the one its digest was made of; whether there must be a digest is the version's business. */
    static void checkDigest(Path directory, byte[] manifest) throws IOException {
        Path file = directory.resolve(Bundle.MANIFEST_DIGEST);
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            require(
                    Arrays.equals(read(file), digestFile(manifest)),
                    "%s: expected \"%s  %s\", found something else: manifest or digest has changed. Copy the bundle again.",
                    file,
                    Sha256.of(manifest),
                    Bundle.MANIFEST);
        }
    }

    /** Refuses a manifest that the owner of the key has not signed. */
    static void checkSignature(Path directory, byte[] manifest, PublicKey key) throws IOException {
        Path file = directory.resolve(Bundle.MANIFEST_SIGNATURE);
        require(
                Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS),
                "%s: expected a signature, as %s is set, found none. Export with --sign.",
                file,
                KEY);
        require(
                Signature.isRight(manifest, read(file), key),
                "%s: expected the signature of the owner of the configured key, found another. Do not use this bundle.",
                file);
    }

    private static byte[] read(Path file) throws IOException {
        require(Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS), "%s: expected a plain file, found none", file);
        require(Files.size(file) <= MOST_BYTES, "%s: expected at most %d bytes, found more", file, MOST_BYTES);
        return Files.readAllBytes(file);
    }
}
