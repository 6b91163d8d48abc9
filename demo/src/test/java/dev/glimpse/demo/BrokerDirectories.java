package dev.glimpse.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The data directories of embedded brokers that lie about. */
final class BrokerDirectories {
    private BrokerDirectories() {}

    static List<Path> list() throws IOException {
        try (Stream<Path> entries = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return entries.filter(path -> path.getFileName().toString().startsWith("glimpse-broker-"))
                    .sorted()
                    .toList();
        }
    }
}
