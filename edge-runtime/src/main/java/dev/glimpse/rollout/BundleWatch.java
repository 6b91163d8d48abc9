package dev.glimpse.rollout;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A directory in, the bundles that appeared in it out, each once it has not changed between two looks. One that changes
 * later appears again. Used by one thread.
 */
final class BundleWatch {
    private static final Logger log = LoggerFactory.getLogger(BundleWatch.class);
    private static final int MOST_FILES = 512;

    private final Path directory;
    private final Map<Path, String> before = new HashMap<>();
    private final Map<Path, String> told = new HashMap<>();
    private boolean readable = true;

    BundleWatch(Path directory) {
        this.directory = directory;
    }

    /** Bundles that are new since the last look and complete as far as can be seen, by name. */
    List<Path> look() {
        List<Path> found = new ArrayList<>();
        Map<Path, String> now = new HashMap<>();
        try (Stream<Path> entries = Files.list(directory)) {
            readable = true;
            for (Path entry : entries.sorted().toList()) {
                if (isCandidate(entry)) {
                    String state = state(entry);
                    now.put(entry, state);
                    if (state.equals(before.get(entry)) && !state.equals(told.get(entry))) {
                        told.put(entry, state);
                        found.add(entry);
                    }
                }
            }
        } catch (IOException e) {
            if (readable) {
                log.warn("{} cannot be watched: {}", directory, e.toString());
            }
            readable = false;
        }
        before.clear();
        before.putAll(now);
        return found;
    }

    private static boolean isCandidate(Path entry) {
        String name = String.valueOf(entry.getFileName());
        return !name.startsWith(".")
                && !name.endsWith(".tmp")
                && (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)
                        || (name.endsWith(".zip") && Files.isRegularFile(entry, LinkOption.NOFOLLOW_LINKS)));
    }

    /** Names, sizes and times of all files. */
    private static String state(Path entry) throws IOException {
        StringBuilder state = new StringBuilder();
        try (Stream<Path> files = Files.walk(entry, 4)) {
            for (Path file : files.limit(MOST_FILES).sorted().toList()) {
                state.append(file)
                        .append(' ')
                        .append(Files.size(file))
                        .append(' ')
                        .append(Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS))
                        .append('\n');
            }
        }
        return state.toString();
    }
}
