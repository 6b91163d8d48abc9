package dev.glimpse.detector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class AnchorsTest {
    @Test
    void theOrderIsLevelRowColumnAspectRatio() {
        float[] anchors = Anchors.of(TinySize.of(3, 2));
        assertThat(anchors).hasSize(4 * 3 * (16 * 16 + 8 * 8 + 4 * 4 + 2 * 2));
        assertThat(box(anchors, 1)).containsExactly(-6, -6, 10, 10); // square of side 16 around (2, 2)
        assertThat(box(anchors, 4)).containsExactly(-2, -6, 14, 10); // next column
        assertThat(box(anchors, 3 * 16 + 1)).containsExactly(-6, -2, 10, 14); // next row
        assertThat(box(anchors, 3 * 256 + 1)).containsExactly(-12, -12, 20, 20); // next level
    }

    @Test
    void heightOverWidthIsHalfOneAndTwoAtEqualArea() {
        float[] anchors = Anchors.of(TinySize.of(3, 2));
        double[] ratios = {.5, 1, 2};
        for (int a = 0; a < 3; a++) {
            float[] b = box(anchors, a);
            assertThat((b[3] - b[1]) / (b[2] - b[0])).isCloseTo((float) ratios[a], within(1e-4f));
            assertThat((b[3] - b[1]) * (b[2] - b[0])).isCloseTo(256, within(1e-2f));
        }
    }

    @Test
    void severalSidesStandAtEachPositionOfOneMap() {
        C4Size.ResNet backbone =
                new C4Size.ResNet(C4Size.Block.BASIC, C4Size.Norm.FROZEN, 4, List.of(4, 4, 4, 4), List.of(1, 1, 1, 1));
        float[] anchors = Anchors.of(new C4Size(48, 32, backbone, List.of(10d, 40d), 4, 9, 9, 2, 9, 0, 1, 0, 0, 0));
        assertThat(anchors).hasSize(4 * 3 * 2 * (3 * 2));
        assertThat(box(anchors, 1)).containsExactly(3, 3, 13, 13); // square of side 10 around (8, 8)
        assertThat(box(anchors, 4)).containsExactly(-12, -12, 28, 28); // next side
        assertThat(box(anchors, 6 + 1)).containsExactly(19, 3, 29, 13); // next column
        assertThat(box(anchors, 3 * 6 + 1)).containsExactly(3, 19, 13, 29); // next row
    }

    private static float[] box(float[] anchors, int a) {
        return java.util.Arrays.copyOfRange(anchors, 4 * a, 4 * a + 4);
    }
}
