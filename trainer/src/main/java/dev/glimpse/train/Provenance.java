package dev.glimpse.train;

import ai.djl.engine.Engine;
import com.fasterxml.jackson.databind.JsonNode;
import dev.glimpse.json.Json;
import dev.glimpse.run.Digest;
import dev.glimpse.run.RunRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Finds out where a run comes from. */
final class Provenance {
    private Provenance() {}

    /** The record of a run that begins now, with the digests of the data folder's annotation files. */
    static RunRecord of(TrainConfig config) {
        Map<String, String> versions = new TreeMap<>();
        versions.put("java", Runtime.version().toString());
        versions.put("os", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        Engine engine = Engine.getInstance();
        versions.put(engine.getEngineName().toLowerCase(java.util.Locale.ROOT), engine.getVersion());
        versions.put("djl", Engine.getDjlVersion());
        JsonNode settings = Json.mapper().valueToTree(config);
        return new RunRecord(config.name(), config.seed(), commit(), versions, settings, inputs(config));
    }

    private static Map<String, String> inputs(TrainConfig config) {
        Map<String, String> digests = new TreeMap<>();
        for (Path data :
                new TreeSet<>(List.of(config.data().folder(), config.data().objects()))) {
            Path folder = data.resolve("annotations");
            if (Files.isDirectory(folder)) {
                try (Stream<Path> files = Files.list(folder)) {
                    files.filter(Files::isRegularFile).forEach(f -> digests.put(f.toString(), Digest.of(f)));
                } catch (IOException e) {
                    throw new dev.glimpse.error.UserError(folder + ": cannot be listed: " + e.getMessage(), e);
                }
            }
        }
        return digests;
    }

    /** Revision of the sources in the working directory; {@code unknown} where git or its directory is not there. */
    private static String commit() {
        try {
            Process git = new ProcessBuilder("git", "rev-parse", "HEAD")
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String revision = new String(git.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
            return git.waitFor(5, TimeUnit.SECONDS) && git.exitValue() == 0 ? revision : "unknown";
        } catch (IOException e) {
            return "unknown";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "unknown";
        }
    }
}
