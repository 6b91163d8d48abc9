package dev.glimpse.metric.box;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.glimpse.metric.box.VocPrecision.Scores;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VocPrecisionTest {
    private static TrueBox cat(long id, double x, boolean difficult) {
        return new TrueBox(id, "1", "1", new Rectangle(x, 0, 10, 10), 100, difficult);
    }

    private static FoundBox found(double x, double score) {
        return new FoundBox("1", "1", new Rectangle(x, 0, 10, 10), score);
    }

    private static Scores score(List<TrueBox> objects, List<FoundBox> found) {
        return VocPrecision.score(new BoxTruth(List.of("1"), Map.of("1", "cat", "2", "dog"), objects), found, 0.5);
    }

    @Test
    void bothAveragesFollowFromTheCurve() {
        // Right, wrong, right of two objects: precision 1 at recall 0.5, 2/3 at recall 1.
        Scores scores = score(
                List.of(cat(1, 0, false), cat(2, 100, false)), List.of(found(0, 0.9), found(50, 0.8), found(100, 0.7)));
        assertThat(scores.mean().everyPoint()).isCloseTo(0.5 + 0.5 * 2 / 3, within(1e-12));
        assertThat(scores.mean().elevenPoint()).isCloseTo((6 + 5 * 2 / 3.0) / 11, within(1e-12));
        assertThat(requireNonNull(scores.perClass().get("dog")).everyPoint()).isNaN();
    }

    @Test
    void aSecondBoxOfTheSameObjectIsWrong() {
        Scores scores = score(
                List.of(cat(1, 0, false), cat(2, 100, false)), List.of(found(0, 0.9), found(1, 0.8), found(100, 0.7)));
        assertThat(scores.mean().everyPoint()).isCloseTo(0.5 + 0.5 * 2 / 3, within(1e-12));
    }

    @Test
    void difficultObjectsDoNotCount() {
        Scores scores = score(List.of(cat(1, 0, false), cat(2, 100, true)), List.of(found(100, 0.9), found(0, 0.7)));
        assertThat(scores.mean().everyPoint()).isCloseTo(1, within(1e-12));
    }
}
