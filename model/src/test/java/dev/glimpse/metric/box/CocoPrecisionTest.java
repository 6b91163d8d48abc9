package dev.glimpse.metric.box;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CocoPrecisionTest {
    private static final Map<String, String> CATS = Map.of("1", "cat");

    private static TrueBox cat(long id, String picture, double x, double side, boolean crowd) {
        return new TrueBox(id, picture, "1", new Rectangle(x, 0, side, side), side * side, crowd);
    }

    private static FoundBox found(String picture, double x, double side, double score) {
        return new FoundBox(picture, "1", new Rectangle(x, 0, side, side), score);
    }

    private static Map<String, Double> figures(List<TrueBox> objects, List<FoundBox> found) {
        return CocoPrecision.score(new BoxTruth(List.of("1", "2"), CATS, objects), found)
                .figures();
    }

    @Test
    void exactBoxesScoreFull() {
        Map<String, Double> figures = figures(List.of(cat(1, "1", 0, 50, false)), List.of(found("1", 0, 50, 0.3)));
        assertThat(figures.get("AP")).isCloseTo(1, within(1e-9));
        assertThat(figures.get("APm")).isCloseTo(1, within(1e-9));
        assertThat(figures.get("AR1")).isEqualTo(1);
    }

    @Test
    void sizesWithoutObjectsAreMinusOne() {
        Map<String, Double> figures = figures(List.of(cat(1, "1", 0, 50, false)), List.of(found("1", 0, 50, 0.3)));
        assertThat(figures).containsEntry("APs", -1.0).containsEntry("ARl", -1.0);
    }

    @Test
    void aThirdOfTheOverlapThresholdsAreReached() {
        // 50 x 50 against 50 x 50 shifted by 10: IoU 40 / 60 = 0.667 reaches 0.5, 0.55, 0.6 and 0.65.
        Map<String, Double> figures = figures(List.of(cat(1, "1", 0, 50, false)), List.of(found("1", 10, 50, 0.3)));
        assertThat(figures.get("AP")).isCloseTo(0.4, within(1e-9));
        assertThat(figures.get("AP75")).isZero();
    }

    @Test
    void boxesOfCrowdsAreNeitherRightNorWrong() {
        List<TrueBox> objects = List.of(cat(1, "1", 0, 50, false), cat(2, "1", 1000, 400, true));
        List<FoundBox> found = List.of(found("1", 1010, 30, 0.9), found("1", 1100, 30, 0.8), found("1", 0, 50, 0.3));
        assertThat(figures(objects, found).get("AP")).isCloseTo(1, within(1e-9));
    }

    @Test
    void aWrongBoxOfHigherScoreHalvesPrecision() {
        Map<String, Double> figures =
                figures(List.of(cat(1, "1", 0, 50, false)), List.of(found("2", 0, 50, 0.9), found("1", 0, 50, 0.3)));
        assertThat(figures.get("AP")).isCloseTo(0.5, within(1e-9));
        assertThat(figures.get("AR100")).isEqualTo(1);
    }

    @Test
    void onlyTheBestBoxesOfAPictureCount() {
        List<TrueBox> objects = new ArrayList<>();
        List<FoundBox> found = new ArrayList<>();
        for (int i = 0; i < 120; i++) {
            objects.add(cat(i + 1, "1", 100 * i, 50, false));
            found.add(found("1", 100 * i, 50, 1 - i / 1000.0));
        }
        Map<String, Double> figures = figures(objects, found);
        assertThat(figures.get("AR1")).isCloseTo(1 / 120.0, within(1e-9));
        assertThat(figures.get("AR10")).isCloseTo(10 / 120.0, within(1e-9));
        assertThat(figures.get("AR100")).isCloseTo(100 / 120.0, within(1e-9));
    }

    @Test
    void aMatchWithAnnotationZeroReadsAsNoneAsInTheReference() {
        Map<String, Double> figures = figures(List.of(cat(0, "1", 0, 50, false)), List.of(found("1", 0, 50, 0.3)));
        assertThat(figures.get("AP")).isZero();
    }

    @Test
    void picturesDrawnTwiceCountTwice() {
        BoxTruth truth =
                new BoxTruth(List.of("1", "2"), CATS, List.of(cat(1, "1", 0, 50, false), cat(2, "2", 0, 50, false)));
        CocoPrecision precision = new CocoPrecision(truth, List.of(found("1", 0, 50, 0.9)));
        assertThat(precision.under(new int[] {2, 1}).get("AR100")).isCloseTo(2 / 3.0, within(1e-9));
        assertThat(precision.under(new int[] {0, 3}).get("AR100")).isZero();
        assertThat(precision.under(new int[] {0, 0}).get("AR100")).isNaN();
    }

    @Test
    void picturesAreRankedByNumberNotByText() {
        assertThat(new BoxTruth(List.of("10", "9", "9"), CATS, List.of()).pictures())
                .containsExactly("9", "10");
        assertThat(new BoxTruth(List.of("b", "10", "9"), CATS, List.of()).pictures())
                .containsExactly("10", "9", "b");
    }
}
