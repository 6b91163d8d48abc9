package dev.glimpse.fault.site;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * What Linux says about a process.
 *
 * @param rssKilobytes resident memory in KiB
 * @param threads kernel threads
 * @param files open files and sockets
 */
public record ProcessFigures(long rssKilobytes, long threads, long files) {
    public static ProcessFigures of(long pid) throws IOException {
        Path process = Path.of("/proc", Long.toString(pid));
        try (Stream<Path> files = Files.list(process.resolve("fd"))) {
            return new ProcessFigures(status(process, "VmRSS:"), status(process, "Threads:"), files.count());
        }
    }

    private static long status(Path process, String name) throws IOException {
        return Files.readAllLines(process.resolve("status")).stream()
                .filter(line -> line.startsWith(name))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElse(0);
    }
}
