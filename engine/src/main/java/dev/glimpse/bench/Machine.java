package dev.glimpse.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What ran the measurement.
 *
 * @param processor its model, and how many of them this process may use
 */
public record Machine(String processor) {
    private static final Path CPU = Path.of("/proc/cpuinfo");
    private static final Path BOARD = Path.of("/proc/device-tree/model");
    private static final Path STATUS = Path.of("/proc/self/status");

    /** The machine of this process. */
    public static Machine read() {
        String model = field(CPU, "model name")
                .or(() -> text(BOARD).map(board -> board.replace("\0", "").strip()))
                .orElse(System.getProperty("os.arch"));
        return new Machine(model + " x " + Runtime.getRuntime().availableProcessors());
    }

    /** Most memory that this process has held so far, in MiB; 0 where the system does not say. */
    static long mostMegabytes() {
        return field(STATUS, "VmHWM")
                .map(value -> Long.parseLong(value.replaceAll("[^0-9]", "")) / 1024)
                .orElse(0L);
    }

    private static Optional<String> field(Path file, String name) {
        return text(file).flatMap(all -> all.lines()
                .filter(line -> line.startsWith(name))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst());
    }

    private static Optional<String> text(Path file) {
        try {
            return Optional.of(Files.readString(file));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
