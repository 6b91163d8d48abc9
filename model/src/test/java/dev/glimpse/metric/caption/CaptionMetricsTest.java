package dev.glimpse.metric.caption;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.glimpse.error.UserError;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CaptionMetricsTest {
    private static final Map<String, List<String>> REFERENCES = references();

    private static Map<String, List<String>> references() {
        Map<String, List<String>> references = new LinkedHashMap<>();
        references.put("1", List.of("a red bus on the road"));
        references.put("2", List.of("two cats sleep on a sofa"));
        return references;
    }

    private static CaptionScores score(String first, String second) {
        return CaptionMetrics.score(REFERENCES, Map.of("1", first, "2", second));
    }

    @Test
    void theReferenceItselfScoresFull() {
        CaptionScores scores = score("a red bus on the road", "two cats sleep on a sofa");
        assertThat(scores.corpus().get("Bleu_4")).isCloseTo(1, within(1e-6));
        assertThat(scores.corpus().get("ROUGE_L")).isCloseTo(1, within(1e-12));
        assertThat(scores.corpus().get("CIDEr")).isCloseTo(10, within(1e-12));
    }

    @Test
    void clippingLimitsARepeatedWord() {
        CaptionScores scores = score("bus bus bus bus bus bus", "two cats sleep on a sofa");
        assertThat(requireNonNull(scores.items().get("1")).get("Bleu_1")).isCloseTo(1 / 6.0, within(1e-6));
    }

    @Test
    void brevityIsPenalisedByTheClosestReference() {
        CaptionScores scores =
                CaptionMetrics.score(Map.of("1", List.of("a b c d", "a b c d e f g h")), Map.of("1", "a b c"));
        assertThat(scores.corpus().get("Bleu_1")).isCloseTo(Math.exp(1 - 4 / 3.0), within(1e-6));
    }

    @Test
    void rougeTakesBestPrecisionAndBestRecallApart() {
        // Two of three words of the candidate in the long reference, one of one word of the short one.
        double precision = 2 / 3.0;
        double recall = 1;
        double expected = (1 + 1.44) * precision * recall / (recall + 1.44 * precision);
        assertThat(RougeL.score("a b c", List.of("a b x y z", "c"))).isCloseTo(expected, within(1e-12));
    }

    @Test
    void consensusIsTheCaptionWithMostInCommonWithTheOthers() {
        CiderD cider = new CiderD(DocumentFrequency.of(REFERENCES.values()));
        List<String> captions = List.of("two cats sleep", "a red bus", "a red bus on the road", "on the road");
        assertThat(cider.consensus(captions)).isEqualTo(2);
        assertThat(cider.score("a red bus on the road", List.of("a red bus on the road")))
                .isCloseTo(10, within(1e-12));
    }

    @Test
    void emptyAgreesWithEmptyInRougeAlone() {
        assertThat(RougeL.score("", List.of("", "a"))).isEqualTo(1);
        assertThat(RougeL.score("", List.of("a"))).isZero();
    }

    @Test
    void oneLonelyPictureHasNoCider() {
        CaptionScores scores = CaptionMetrics.score(Map.of("1", List.of("a dog")), Map.of("1", "a dog"));
        assertThat(scores.corpus().get("CIDEr")).isZero();
    }

    @Test
    void givenDocumentFrequenciesReplaceThoseOfTheSet() {
        DocumentFrequency frequency = new DocumentFrequency(100, Map.of("a", 50.0, "dog", 2.0, "a dog", 1.0));
        CaptionScores scores =
                CaptionMetrics.scoreTokens(Map.of("1", List.of("a dog")), Map.of("1", "a cat"), frequency);
        double a = Math.log(100 / 50.0);
        double dog = Math.log(100 / 2.0);
        double cat = Math.log(100);
        double cosine = a * a / (Math.hypot(a, dog) * Math.hypot(a, cat));
        assertThat(scores.corpus().get("CIDEr")).isCloseTo(10 * cosine / 4, within(1e-12));
    }

    @Test
    void fiftyReferencesCountAsWellAsOne() {
        List<String> many = Collections.nCopies(50, "a red bus on the road");
        CaptionScores scores = CaptionMetrics.score(
                Map.of("1", many, "2", List.of("x")), Map.of("1", "a red bus on the road", "2", "y"));
        assertThat(requireNonNull(scores.items().get("1")).get("CIDEr")).isCloseTo(10, within(1e-12));
    }

    @Test
    void aPictureWithoutACaptionIsNamed() {
        assertThatThrownBy(() -> CaptionMetrics.score(REFERENCES, Map.of("1", "a bus")))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("picture 2");
    }

    @Test
    void noPicturesAreRefused() {
        assertThatThrownBy(() -> CaptionMetrics.score(Map.of(), Map.of()))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("found none");
    }
}
