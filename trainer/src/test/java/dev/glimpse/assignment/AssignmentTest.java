package dev.glimpse.assignment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AssignmentTest {
    private static final float[] ANCHORS = {
        0, 0, 10, 10, // IoU 1 with the first object
        0, 0, 10, 8, // .8
        0, 0, 10, 5, // .5: neither
        0, 0, 10, 2, // .2: background
        50, 50, 60, 60, // IoU .25 with the second object, more than any other
        80, 80, 90, 90 // overlaps nothing
    };
    private static final float[] OBJECTS = {0, 0, 10, 10, 50, 50, 70, 70};

    @Test
    void anchorsAreObjectsFromSevenTenthsOrWhenNoneIsBetterAndBackgroundBelowThreeTenths() {
        AnchorSample sample = AnchorSample.draw(ANCHORS, OBJECTS, 100, new Random(1));
        assertThat(sample.positives()).containsExactlyInAnyOrder(0, 1, 4);
        for (int i = 0; i < 3; i++) {
            assertThat(sample.objects()[i]).isEqualTo(sample.positives()[i] == 4 ? 1 : 0);
        }
        assertThat(sample.negatives()).containsExactlyInAnyOrder(3, 5);
    }

    @Test
    void atMostHalfOfTheAnchorsAreObjects() {
        for (int seed = 0; seed < 20; seed++) {
            AnchorSample sample = AnchorSample.draw(ANCHORS, OBJECTS, 4, new Random(seed));
            assertThat(sample.positives()).hasSize(2).doesNotContain(2, 3, 5);
            assertThat(sample.negatives()).hasSize(2);
        }
    }

    @Test
    void aPictureWithoutObjectsIsAllBackground() {
        AnchorSample sample = AnchorSample.draw(ANCHORS, new float[0], 100, new Random(1));
        assertThat(sample.positives()).isEmpty();
        assertThat(sample.negatives()).hasSize(6);
    }

    @Test
    void theObjectsOwnBoxesAreAmongTheRegions() {
        RegionSample sample = RegionSample.draw(ANCHORS, OBJECTS, 100, .5, new Random(1));
        // Proposals 0, 1, 2 (IoU .5) and both objects are foreground; 3, 4 and 5 are background.
        assertThat(Arrays.copyOf(sample.objects(), 5)).containsExactlyInAnyOrder(0, 0, 0, 0, 1);
        assertThat(Arrays.copyOfRange(sample.objects(), 5, 8)).containsExactly(-1, -1, -1);
        assertThat(sample.count()).isEqualTo(8);
    }

    @Test
    void foregroundTakesItsShareAtMostAndBackgroundTheRest() {
        RegionSample sample = RegionSample.draw(ANCHORS, OBJECTS, 4, .25, new Random(1));
        assertThat(sample.objects()).hasSize(4);
        assertThat(sample.objects()[0]).isNotNegative();
        assertThat(Arrays.copyOfRange(sample.objects(), 1, 4)).containsExactly(-1, -1, -1);
    }

    @Test
    void emptyProposalsAreNoBackground() {
        float[] proposals = {5, 5, 5, 9, 40, 40, 45, 45};
        RegionSample sample = RegionSample.draw(proposals, new float[0], 8, .5, new Random(1));
        assertThat(sample.boxes()).containsExactly(40, 40, 45, 45);
    }

    @Test
    void everyChoiceIsEquallyLikely() {
        int[] count = new int[5];
        for (int seed = 0; seed < 5000; seed++) {
            for (int chosen : Draw.some(new int[] {0, 1, 2, 3, 4}, 2, new Random(seed * 7919L))) {
                count[chosen]++;
            }
        }
        for (int c : count) {
            assertThat(c).isBetween(1850, 2150);
        }
    }
}
