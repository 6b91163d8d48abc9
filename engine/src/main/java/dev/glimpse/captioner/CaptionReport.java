package dev.glimpse.captioner;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.glimpse.box.Box;
import dev.glimpse.json.Json;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/**
 * What {@code glimpse caption} says of one picture.
 *
 * @param answer to the question, if one was asked
 * @param millis wall time from reading the file to the last word
 */
record CaptionReport(Path file, Sight sight, Optional<Answer> answer, double millis) {
    /** For people: one line, and one more for the answer. */
    String text() {
        String line = "%s: %s (%.2f)"
                .formatted(file, sight.caption().text(), sight.caption().confidence());
        return line
                + answer.map(a -> String.format(Locale.ROOT, "%n%s: %s (%.2f)", file, a.text(), a.confidence()))
                        .orElse("");
    }

    /** For programs: one line of JSON; boxes are [x1, y1, x2, y2] in pixels. */
    String json() {
        ObjectNode line = Json.mapper().createObjectNode();
        line.put("file", file.toString())
                .put("caption", sight.caption().text())
                .put("confidence", rounded(sight.caption().confidence(), 4));
        line.putArray("regions");
        for (Region region : sight.regions()) {
            ObjectNode entry = line.withArray("regions").addObject();
            Box box = region.box();
            for (float corner : new float[] {box.x1(), box.y1(), box.x2(), box.y2()}) {
                entry.withArray("box").add(rounded(corner, 1));
            }
            entry.put("tag", region.tag()).put("score", rounded(region.score(), 4));
        }
        line.put("millis", rounded(millis, 1));
        answer.ifPresent(a -> line.put("answer", a.text()).put("answerConfidence", rounded(a.confidence(), 4)));
        try {
            return Json.mapper()
                    .writer()
                    .without(SerializationFeature.INDENT_OUTPUT)
                    .writeValueAsString(line);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static double rounded(double value, int digits) {
        double unit = Math.pow(10, digits);
        return Math.round(value * unit) / unit;
    }
}
