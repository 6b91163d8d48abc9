package dev.glimpse.rollout;

import static dev.glimpse.error.UserError.require;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.glimpse.atomic.AtomicDirectory;
import dev.glimpse.atomic.AtomicFile;
import dev.glimpse.bundle.Bundle;
import dev.glimpse.bundle.BundleReader;
import dev.glimpse.bundle.Manifest;
import dev.glimpse.error.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The private directory of bundles: each verified one is copied into a folder named by its digest and opened from there only,
 * so that nobody who may write to the source can change it afterwards. A file remembers which one serves. Used by one
 * thread at a time.
 */
public final class Staging {
    private static final String SERVING = "serving";
    private static final String DIGEST = "[0-9a-f]{64}";

    private final Path directory;
    private final long maxBytes;

    /** @param maxBytes a bundle with more is refused */
    public Staging(Path directory, long maxBytes) {
        this.directory = directory;
        this.maxBytes = maxBytes;
    }

    /**
     * Verifies a bundle, copies it, and verifies the copy.
     *
     * @param source directory or zip
     * @return the copy, open
     * @throws UserError when it is no sound bundle or too large
     */
    public Bundle stage(Path source) {
        try (Bundle bundle = BundleReader.open(source)) {
            long bytes = bundle.manifest().files().values().stream()
                    .mapToLong(Manifest.FileEntry::size)
                    .sum();
            require(bytes <= maxBytes, "%s: a bundle may have %d bytes, found %d", source, maxBytes, bytes);
            Path copy = folder(bundle.digest());
            if (!Files.isDirectory(copy)) {
                prepare();
                AtomicDirectory.write(copy, target -> copy(bundle, target));
            }
            Bundle staged = BundleReader.open(copy);
            if (!staged.digest().equals(bundle.digest())) {
                staged.close();
                throw new UserError(source + ": changed while it was copied; copy it again under another name");
            }
            return staged;
        } catch (IOException e) {
            throw new UserError(source + ": cannot be copied to " + directory + ": " + e.getMessage(), e);
        }
    }

    private static void copy(Bundle bundle, Path target) throws IOException {
        for (String file : bundle.manifest().files().keySet()) {
            Path to = target.resolve(file);
            Path folder = to.getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            Files.write(to, bundle.read(file));
        }
        List<String> unlisted = List.of(Bundle.MANIFEST, Bundle.MANIFEST_DIGEST, Bundle.MANIFEST_SIGNATURE);
        for (String file : unlisted) {
            Path from = bundle.directory().resolve(file);
            if (Files.isRegularFile(from, LinkOption.NOFOLLOW_LINKS)) {
                Files.copy(from, target.resolve(file), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    /** A file in the private directory for what is being received. */
    public Path incoming() throws IOException {
        prepare();
        return Files.createTempFile(directory, "incoming-", ".zip");
    }

    /** The copy that served last; empty when none did or it is gone. */
    public Optional<Path> serving() {
        try {
            Path file = directory.resolve(SERVING);
            if (!Files.isRegularFile(file)) {
                return Optional.empty();
            }
            String digest = Files.readString(file, UTF_8).strip();
            return digest.matches(DIGEST) && Files.isDirectory(folder(digest))
                    ? Optional.of(folder(digest))
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Remembers which copy serves, across restarts. */
    public void serves(String digest) throws IOException {
        prepare();
        AtomicFile.write(directory.resolve(SERVING), (digest + "\n").getBytes(UTF_8));
    }

    /** Forgets which copy serves: the configured bundle does. */
    public void servesNone() throws IOException {
        Files.deleteIfExists(directory.resolve(SERVING));
    }

    /** Removes every copy but these, and what was received and not used. */
    public void keepOnly(Set<String> digests) throws IOException {
        if (!Files.isDirectory(directory)) {
            return;
        }
        List<Path> entries;
        try (Stream<Path> listed = Files.list(directory)) {
            entries = listed.toList();
        }
        for (Path entry : entries) {
            String name = String.valueOf(entry.getFileName());
            if (name.matches(DIGEST) && !digests.contains(name)) {
                AtomicDirectory.delete(entry);
            }
        }
    }

    /** True when a copy of that digest lies here. */
    boolean holds(String digest) {
        return Files.isDirectory(folder(digest));
    }

    private Path folder(String digest) {
        return directory.resolve(digest);
    }

    private void prepare() throws IOException {
        if (!Files.isDirectory(directory)) {
            Files.createDirectories(
                    directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
    }
}
