package dev.glimpse.metrics;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the operating system says about the memory of this process. */
public final class Memory {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final long KIB = 1024;

    private Memory() {}

    /** Bytes resident now; 0 where the system does not say. */
    public static long residentBytes() {
        return status("VmRSS:");
    }

    /** The most bytes that were ever resident; 0 where the system does not say. */
    public static long peakResidentBytes() {
        return status("VmHWM:");
    }

    private static long status(String name) {
        try {
            for (String line : Files.readAllLines(STATUS)) {
                if (line.startsWith(name)) {
                    return Long.parseLong(line.replaceAll("\\D", "")) * KIB;
                }
            }
        } catch (IOException e) {
            return 0;
        }
        return 0;
    }
}
