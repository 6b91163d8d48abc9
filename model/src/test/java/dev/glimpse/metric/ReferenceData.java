package dev.glimpse.metric;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.glimpse.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/** Files of the folder with public reference data that {@code -Dglimpse.data=DIR} names. */
public final class ReferenceData {
    private ReferenceData() {}

    /** A file of the folder; the calling test is skipped where there is none. */
    public static Path file(String name) {
        String folder = System.getProperty("glimpse.data", "");
        assumeTrue(!folder.isEmpty(), "skipped: no data (give -Dglimpse.data=DIR)");
        return Path.of(folder).resolve(name);
    }

    /** A JSON file of the folder, packed with gzip or not. */
    public static JsonNode json(String name) throws IOException {
        Path file = file(name);
        if (name.endsWith(".gz")) {
            try (GZIPInputStream stream = new GZIPInputStream(Files.newInputStream(file))) {
                return Json.mapper().readTree(stream);
            }
        }
        return Json.mapper().readTree(file.toFile());
    }
}
