package dev.glimpse.run;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/**
 * Where a run comes from, kept as {@code run.json}.
 *
 * @param name name of the configuration
 * @param seed seed of all randomness
 * @param commit revision of the sources, or {@code unknown}
 * @param versions versions of Java and of the libraries that compute
 * @param settings the whole configuration
 * @param inputs SHA-256 of every file that came from outside the run
 */
public record RunRecord(
        String name,
        long seed,
        String commit,
        Map<String, String> versions,
        JsonNode settings,
        Map<String, String> inputs) {}
