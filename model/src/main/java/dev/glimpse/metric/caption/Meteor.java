package dev.glimpse.metric.caption;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * METEOR 1.5 (Denkowski and Lavie 2014), by its own program.
 *
 * @param jar meteor-1.5.jar, its data beside it
 * @param limit for all captions together
 */
record Meteor(Path jar, Duration limit) {
    private static final String FIELD = " ||| ";

    /** The scores with METEOR added. */
    CaptionScores addTo(CaptionScores scores, Map<String, List<String>> references, Map<String, String> candidates) {
        List<String> arguments = List.of("-", "-", "-stdio", "-l", "en", "-norm");
        try (ScorerProcess scorer = new ScorerProcess(jar, "2G", arguments, limit)) {
            try (Writer in = new BufferedWriter(
                            new OutputStreamWriter(scorer.process().getOutputStream(), StandardCharsets.UTF_8));
                    BufferedReader out = new BufferedReader(
                            new InputStreamReader(scorer.process().getInputStream(), StandardCharsets.UTF_8))) {
                List<String> ids = new ArrayList<>(scores.items().keySet());
                StringBuilder evaluation = new StringBuilder("EVAL");
                for (String id : ids) {
                    send(in, scoreLine(candidates.getOrDefault(id, ""), references.getOrDefault(id, List.of())));
                    evaluation.append(FIELD).append(line(scorer, out));
                }
                send(in, evaluation.toString());
                Map<String, Double> values = new LinkedHashMap<>();
                for (String id : ids) {
                    values.put(id, number(scorer, out));
                }
                return scores.with("METEOR", number(scorer, out), values);
            } catch (IOException e) {
                throw scorer.failure("the connection broke: " + e.getMessage(), e);
            }
        }
    }

    private static String scoreLine(String candidate, List<String> references) {
        return "SCORE" + FIELD + String.join(FIELD, references) + FIELD
                + candidate.replace("|||", "").replace("  ", " ");
    }

    private static void send(Writer in, String line) throws IOException {
        in.write(line);
        in.write('\n');
        in.flush();
    }

    private static String line(ScorerProcess scorer, BufferedReader out) throws IOException {
        String line = out.readLine();
        if (line == null) {
            throw scorer.failure("expected a line of output, found its end", null);
        }
        return line.strip();
    }

    private static double number(ScorerProcess scorer, BufferedReader out) throws IOException {
        String line = line(scorer, out);
        try {
            return Double.parseDouble(line);
        } catch (NumberFormatException e) {
            throw scorer.failure("expected a number, found \"" + line + "\"", e);
        }
    }
}
