package dev.glimpse.tensorrt;

import dev.glimpse.atomic.AtomicFile;
import dev.glimpse.error.UserError;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Compiled networks, and what was measured while compiling, in a directory of mode 0700. A file is the HMAC-SHA-256 of its
 * name and content under the {@link MachineKey}, 32 bytes, then the content. A file whose code is wrong was not written by
 * this user on this machine: it is never looked at further, and removed.
 */
public final class PlanCache {
    /** More than a few bundles, precisions and driver versions; the least recently used go first. */
    static final int KEPT = 48;

    private static final String KEY = "machine.key";

    private final Path directory;
    private final MachineKey key;
    private final Consumer<String> notes;

    /**
     * Opens the directory, and makes it if need be.
     *
     * @param notes hears of files that are refused, one sentence each
     * @throws UserError when the directory belongs to another user, is open to others or cannot be written
     */
    public PlanCache(Path directory, Consumer<String> notes) {
        this.directory = PrivateDirectory.open(directory);
        this.key = MachineKey.open(directory.resolve(KEY));
        this.notes = notes;
    }

    /** {@code ~/.cache/glimpse/tensorrt}, or where {@code XDG_CACHE_HOME} says. */
    public static Path usual() {
        String cache = System.getenv("XDG_CACHE_HOME");
        return (cache == null || cache.isEmpty() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(cache))
                .resolve("glimpse")
                .resolve("tensorrt");
    }

    /** The content kept under a name, mapped into memory; empty when there is none, or none that is ours. */
    Optional<ByteBuffer> read(String name) {
        Path file = directory.resolve(name);
        try {
            if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                return Optional.empty();
            }
            if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                return refused(file);
            }
            ByteBuffer all = map(file);
            if (all.capacity() < MachineKey.MAC_BYTES) {
                return refused(file);
            }
            byte[] found = new byte[MachineKey.MAC_BYTES];
            all.get(found);
            ByteBuffer content = all.slice();
            if (!MessageDigest.isEqual(found, key.mac(name, content))) {
                return refused(file);
            }
            Files.setLastModifiedTime(file, FileTime.fromMillis(System.currentTimeMillis()));
            return Optional.of(content);
        } catch (IOException e) {
            throw new UserError(file + ": cannot be read: " + e + ". Remove it", e);
        }
    }

    /** Plans are as large as the weights: outside of the heap. */
    private static ByteBuffer map(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
        }
    }

    private Optional<ByteBuffer> refused(Path file) throws IOException {
        notes.accept(file + " was not written by this user on this machine, or was changed since: removed, not loaded");
        Files.delete(file);
        return Optional.empty();
    }

    /** Keeps a content under a name, whole or not at all, and lets go of the oldest. */
    void write(String name, ByteBuffer content) {
        byte[] mac = key.mac(name, content);
        try {
            AtomicFile.write(directory.resolve(name), out -> {
                out.write(mac);
                ByteBuffer rest = content.duplicate();
                WritableByteChannel channel = Channels.newChannel(out);
                while (rest.hasRemaining()) {
                    channel.write(rest);
                }
            });
            prune();
        } catch (IOException e) {
            throw new UserError(
                    "%s: a compiled network of %d bytes cannot be kept there: %s. Make room, or name another place"
                            .formatted(directory, content.remaining(), e),
                    e);
        }
    }

    /** Forgets a name. */
    void remove(String name) {
        try {
            Files.deleteIfExists(directory.resolve(name));
        } catch (IOException e) {
            throw new UserError(directory.resolve(name) + ": cannot be removed: " + e, e);
        }
    }

    private void prune() throws IOException {
        List<Path> newestFirst;
        try (Stream<Path> files = Files.list(directory)) {
            newestFirst = files.filter(file -> file.toString().endsWith(PlanKey.SUFFIX))
                    .sorted(Comparator.comparing((Path file) -> file.toFile().lastModified())
                            .reversed())
                    .toList();
        }
        for (int i = KEPT; i < newestFirst.size(); i++) {
            Files.deleteIfExists(newestFirst.get(i));
        }
    }
}
