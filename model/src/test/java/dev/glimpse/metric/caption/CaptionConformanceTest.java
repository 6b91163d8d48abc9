package dev.glimpse.metric.caption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.glimpse.metric.ReferenceData;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CaptionConformanceTest {
    @Test
    void everyFigureOfThreeHundredPicturesAgrees() throws IOException {
        compare(ReferenceData.json("captions/subset300_expected.json"), "image_id");
    }

    @Test
    void everyFigureOfTheEdgeCasesAgrees() throws IOException {
        compare(ReferenceData.json("captions/edge_cases.json"), "id");
    }

    @Test
    void everyLineOfTokensAgrees() throws IOException {
        int lines = 0;
        for (String file : List.of("captions/subset300_expected.json", "captions/edge_cases.json")) {
            List<String> raw = new ArrayList<>();
            List<String> expected = new ArrayList<>();
            for (JsonNode picture : ReferenceData.json(file).get("images")) {
                picture.get("refs").forEach(caption -> raw.add(caption.asText()));
                picture.get("refs_tokenized").forEach(tokens -> expected.add(tokens.asText()));
                raw.add(picture.get("res").asText());
                expected.add(picture.get("res_tokenized").asText());
            }
            assertThat(Tokenisation.PTB.tokens(raw)).isEqualTo(expected);
            lines += raw.size();
        }
        assertThat(lines).isEqualTo(1870);
    }

    @Test
    void tokensSplitAtBlanksAgreeWithTheSecondProgram() throws IOException {
        List<String> candidates = Files.readAllLines(ReferenceData.file("captions/nlg-eval/hyp.txt"));
        List<String> first = Files.readAllLines(ReferenceData.file("captions/nlg-eval/ref1.txt"));
        List<String> second = Files.readAllLines(ReferenceData.file("captions/nlg-eval/ref2.txt"));
        Map<String, List<String>> references = new LinkedHashMap<>();
        Map<String, String> results = new LinkedHashMap<>();
        for (int i = 0; i < candidates.size(); i++) {
            references.put("" + i, List.of(first.get(i), second.get(i)));
            results.put("" + i, candidates.get(i));
        }
        CaptionScores scores =
                CaptionMetrics.scoreTokens(references, results, DocumentFrequency.of(references.values()));
        assertThat(scores.corpus().values().stream()
                        .mapToDouble(Double::doubleValue)
                        .toArray())
                .usingComparatorWithPrecision(1e-6)
                .containsExactly(.550000, .428174, .284043, .201143, .522104, 1.242192);
    }

    private static void compare(JsonNode expected, String idField) {
        Map<String, List<String>> references = new LinkedHashMap<>();
        Map<String, String> results = new LinkedHashMap<>();
        for (JsonNode picture : expected.get("images")) {
            String id = picture.get(idField).asText();
            List<String> captions = new ArrayList<>();
            picture.get("refs").forEach(caption -> captions.add(caption.asText()));
            references.put(id, captions);
            results.put(id, picture.get("res").asText());
        }
        CaptionScores scores = CaptionMetrics.score(references, results);
        near("corpus", scores.corpus(), expected.get("corpus"));
        BleuCounts totals = scores.totals();
        assertThat(totals.testlen())
                .isEqualTo(expected.get("bleu_totals").get("testlen").asLong());
        assertThat(totals.reflen())
                .isEqualTo(expected.get("bleu_totals").get("reflen").asLong());
        for (int n = 0; n < 4; n++) {
            assertThat(totals.guess().get(n))
                    .isEqualTo(expected.get("bleu_totals").get("guess").get(n).asLong());
            assertThat(totals.correct().get(n))
                    .isEqualTo(expected.get("bleu_totals").get("correct").get(n).asLong());
        }
        for (JsonNode picture : expected.get("images")) {
            String id = picture.get(idField).asText();
            near(id, scores.items().getOrDefault(id, Map.of()), picture.get("expected"));
        }
    }

    private static void near(String what, Map<String, Double> figures, JsonNode expected) {
        assertThat(figures).as(what).hasSize(6).hasSize(expected.size());
        figures.forEach((name, value) -> assertThat(value)
                .as(what + " " + name)
                .isCloseTo(expected.get(name).asDouble(), within(1e-6)));
    }
}
