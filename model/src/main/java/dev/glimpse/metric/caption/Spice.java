package dev.glimpse.metric.caption;

import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.glimpse.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * SPICE 1.0 (Anderson et al. 2016), by its own program. The score of a picture is the F-measure over all tuples.
 *
 * @param jar spice-1.0.jar, its lib folder beside it
 * @param limit for all captions together
 */
record Spice(Path jar, Duration limit) {
    /** The scores with SPICE added. */
    CaptionScores addTo(CaptionScores scores, Map<String, List<String>> references, Map<String, String> candidates) {
        List<String> ids = new ArrayList<>(scores.items().keySet());
        try {
            Path in = Files.createTempFile("glimpse-spice", ".json");
            Path out = Files.createTempFile("glimpse-spice", ".json");
            try {
                Json.write(in, input(ids, references, candidates));
                Map<String, Double> values = run(ids, in, out);
                double mean = values.values().stream()
                        .mapToDouble(Double::doubleValue)
                        .average()
                        .orElse(Double.NaN);
                return scores.with("SPICE", mean, values);
            } finally {
                Files.deleteIfExists(in);
                Files.deleteIfExists(out);
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static ArrayNode input(
            List<String> ids, Map<String, List<String>> references, Map<String, String> candidates) {
        ArrayNode input = Json.mapper().createArrayNode();
        for (int i = 0; i < ids.size(); i++) {
            ObjectNode item = input.addObject();
            item.put("image_id", i);
            item.put("test", candidates.getOrDefault(ids.get(i), ""));
            ArrayNode list = item.putArray("refs");
            references.getOrDefault(ids.get(i), List.of()).forEach(list::add);
        }
        return input;
    }

    private Map<String, Double> run(List<String> ids, Path in, Path out) throws IOException {
        List<String> arguments = List.of(in.toString(), "-out", out.toString(), "-subset", "-silent");
        try (ScorerProcess scorer = new ScorerProcess(jar, "8G", arguments, limit)) {
            scorer.process().getOutputStream().close();
            scorer.process().getInputStream().transferTo(java.io.OutputStream.nullOutputStream());
            scorer.await();
            JsonMapper mapper = JsonMapper.builder()
                    .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
                    .build();
            Map<String, Double> values = new LinkedHashMap<>();
            ids.forEach(id -> values.put(id, Double.NaN));
            for (JsonNode item : mapper.readTree(out.toFile())) {
                double f = item.path("scores").path("All").path("f").asDouble(Double.NaN);
                int number = item.path("image_id").asInt(-1);
                if (number < 0 || number >= ids.size() || Double.isNaN(f)) {
                    throw scorer.failure("expected a score of every picture, found " + item, null);
                }
                values.put(ids.get(number), f);
            }
            if (values.values().stream().anyMatch(value -> Double.isNaN(value))) {
                throw scorer.failure("expected a score of every picture, found fewer", null);
            }
            return values;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while SPICE ran", e);
        }
    }
}
