package dev.glimpse.kafka;

import dev.glimpse.error.UserError;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A slot on this machine belongs to one process at a time; the system frees it when the process dies, however it dies. */
final class SlotLock implements AutoCloseable {
    private final FileChannel channel;

    private SlotLock(FileChannel channel) {
        this.channel = channel;
    }

    /** @throws UserError when another process has the slot, or the directory cannot be written */
    static SlotLock take(Path directory, String group, String worker) {
        Path file = directory.resolve("glimpse-" + group + "-" + worker + ".lock");
        try {
            Files.createDirectories(directory);
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (locked(channel)) {
                return new SlotLock(channel);
            }
            channel.close();
        } catch (IOException e) {
            throw new UserError(file + ": cannot be locked: " + e + "; name a writable kafka.lockDirectory", e);
        }
        throw new UserError(file + ": " + worker + " of group " + group
                + " is taken by another process on this machine; stop that one, or choose another kafka.slot");
    }

    private static boolean locked(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
