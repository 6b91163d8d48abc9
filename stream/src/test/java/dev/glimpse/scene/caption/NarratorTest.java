package dev.glimpse.scene.caption;

import static org.assertj.core.api.Assertions.assertThat;

import dev.glimpse.metric.caption.CaptionMetrics;
import dev.glimpse.scene.dataset.Sample;
import dev.glimpse.scene.thing.Category;
import dev.glimpse.scene.view.Seen;
import dev.glimpse.scene.view.View;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NarratorTest {
    private static final List<Sample> SAMPLES = IntStream.range(0, 100)
            .mapToObj(seed -> Sample.of(seed, false, 160, 120))
            .toList();

    /** The words of a caption, without the places that are named after things. */
    private static Set<String> words(String caption) {
        String plain = caption.replace(",", "")
                .replace("inside a house", "")
                .replace("on a rug", "")
                .replace("flowerpot", "");
        return new HashSet<>(Arrays.asList(plain.split(" ")));
    }

    @Test
    void captionsNameOnlyWhatCanBeSeen() {
        for (Sample sample : SAMPLES) {
            Set<Category> seen =
                    sample.view().seen().stream().map(Seen::category).collect(Collectors.toSet());
            for (String caption : sample.captions()) {
                for (Category kind : Category.values()) {
                    if (words(caption).contains(kind.word()) && !seen.contains(kind)) {
                        throw new AssertionError("'" + caption + "' names a " + kind.word() + ", seen are " + seen);
                    }
                }
            }
        }
    }

    @Test
    void fiveDifferentVoicesNearlyAllOfAtMostFifteenWords() {
        for (Sample sample : SAMPLES) {
            assertThat(sample.captions())
                    .hasSize(5)
                    .allSatisfy(c -> assertThat(c.split(" ")).hasSizeBetween(3, 19))
                    .allSatisfy(c -> assertThat(c).doesNotContain("  ").isLowerCase());
            assertThat(new HashSet<>(sample.captions())).hasSizeGreaterThan(2);
        }
        assertThat(SAMPLES.stream().flatMap(s -> s.captions().stream()).filter(c -> c.split(" ").length > 15))
                .hasSizeLessThan(10); // of 500
    }

    @Test
    void leftAndRightAreAsInThePicture() {
        int sides = 0;
        for (Sample sample : SAMPLES) {
            for (Fact fact : Narrator.theme(sample.view())) {
                if (fact.link() == Link.LEFT) {
                    assertThat(fact.subject().middle()).isLessThan(fact.object().middle());
                    sides++;
                } else if (fact.link() == Link.RIGHT) {
                    assertThat(fact.subject().middle())
                            .isGreaterThanOrEqualTo(fact.object().middle());
                    sides++;
                }
            }
        }
        assertThat(sides).isPositive();
    }

    @Test
    void sameSeedGivesTheSameWords() {
        View view = SAMPLES.get(0).view();
        assertThat(Narrator.captions(view, 1)).isEqualTo(Narrator.captions(view, 1));
        assertThat(Narrator.captions(view, 1)).isNotEqualTo(Narrator.captions(view, 2));
    }

    /** CIDEr-D of one voice against the other four, of the picture {@code shift} further on. */
    private static double agreement(int voice, int shift) {
        Map<String, List<String>> references = new HashMap<>();
        Map<String, String> candidates = new HashMap<>();
        for (int i = 0; i < SAMPLES.size(); i++) {
            List<String> captions = SAMPLES.get(i).captions();
            references.put(
                    "" + i,
                    IntStream.range(0, 5)
                            .filter(v -> v != voice)
                            .mapToObj(captions::get)
                            .toList());
            candidates.put(
                    "" + i, SAMPLES.get((i + shift) % SAMPLES.size()).captions().get(voice));
        }
        return CaptionMetrics.score(references, candidates).corpus().getOrDefault("CIDEr", Double.NaN);
    }

    @Test
    void voicesOfOnePictureAgreeMoreThanThoseOfTwoYetNotWholly() {
        for (int voice = 0; voice < 5; voice++) {
            assertThat(agreement(voice, 0))
                    .isBetween(1.0, 5.0) // of 10
                    .isGreaterThan(4 * agreement(voice, 1));
        }
    }
}
