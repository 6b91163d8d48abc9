package dev.glimpse.atomic;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Writes a directory so that its name shows it whole or not at all. */
public final class AtomicDirectory {
    /** Fills the directory; a thrown exception leaves nothing behind. */
    @FunctionalInterface
    public interface Content {
        void writeTo(Path directory) throws IOException;
    }

    private AtomicDirectory() {}

    /**
     * Fills {@code NAME.tmp} beside {@code directory}, forces every file in it, and renames it. An existing
     * {@code directory} is replaced; until the rename it is untouched, and a crash between the two renames leaves the old
     * one as {@code NAME.old}.
     */
    public static void write(Path directory, Content content) throws IOException {
        Path target = directory.toAbsolutePath();
        Path temporary = target.resolveSibling(target.getFileName() + ".tmp");
        Path old = target.resolveSibling(target.getFileName() + ".old");
        delete(temporary);
        Files.createDirectories(temporary);
        try {
            content.writeTo(temporary);
            forceAll(temporary);
            delete(old);
            if (Files.exists(target)) {
                Files.move(target, old, StandardCopyOption.ATOMIC_MOVE);
            }
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
            Path parent = target.getParent();
            if (parent != null) {
                AtomicFile.force(parent, StandardOpenOption.READ);
            }
            delete(old);
        } finally {
            delete(temporary);
        }
    }

    /** Deletes a directory with everything in it; links are removed, not followed. */
    public static void delete(Path directory) throws IOException {
        if (!Files.exists(directory, java.nio.file.LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (Stream<Path> paths = Files.walk(directory)) {
            List<Path> deepestFirst = paths.sorted(Comparator.reverseOrder()).toList();
            for (Path path : deepestFirst) {
                Files.delete(path);
            }
        }
    }

    private static void forceAll(Path directory) throws IOException {
        try (Stream<Path> paths = Files.walk(directory)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                AtomicFile.force(path, Files.isDirectory(path) ? StandardOpenOption.READ : StandardOpenOption.WRITE);
            }
        }
    }
}
