package dev.glimpse.box;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class SuppressionTest {
    private static final float[] BOXES = {
        0, 0, 2, 2, //
        0, 0, 2, 1.5f, // IoU .75 with the first
        5, 5, 6, 6, //
        0, 0, 2, 1 // IoU .5 with the first, .67 with the second
    };

    @Test
    void theWeakerOfTwoOverlappingBoxesGoes() {
        assertThat(Suppression.suppress(BOXES, new float[] {.9f, .8f, .1f, .7f}, .6f, 9))
                .containsExactly(0, 3, 2);
    }

    @Test
    void aBoxThatOverlapsExactlyByTheThresholdStays() {
        assertThat(Suppression.suppress(BOXES, new float[] {.9f, -1f, -2f, .7f}, .5f, 2))
                .containsExactly(0, 3);
    }

    @Test
    void noMoreThanTheLimitStay() {
        assertThat(Suppression.suppress(BOXES, new float[] {.9f, .8f, .1f, .7f}, .6f, 1))
                .containsExactly(0);
    }

    @Test
    void ofEqualScoresTheEarlierStandsFirst() {
        assertThat(Suppression.order(new float[] {0f, -0f, 1f, -3f, 1f, .5f, -.5f}))
                .containsExactly(2, 4, 5, 0, 1, 6, 3);
    }

    @Test
    void theOrderIsThatOfAStableSortOfAnyNumbers() {
        Random random = new Random(3);
        float[] scores = new float[500];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = Math.round(random.nextGaussian() * 50) / 7f;
        }
        Integer[] expected = new Integer[scores.length];
        java.util.Arrays.setAll(expected, i -> i);
        java.util.Arrays.sort(expected, (a, b) -> Float.compare(scores[b] + 0f, scores[a] + 0f));
        assertThat(Suppression.order(scores)).containsExactly(expected);
    }
}
