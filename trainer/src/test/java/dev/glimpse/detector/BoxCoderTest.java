package dev.glimpse.detector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class BoxCoderTest {
    private static final float[] REFERENCE = {10, 20, 30, 60};

    @Test
    void aBoxMovedByItsReferencesWidthIsOneAway() {
        float[] out = new float[4];
        BoxCoder.ANCHOR.encode(new float[] {30, 20, 50, 60}, 0, REFERENCE, 0, out, 0);
        assertThat(out).containsExactly(1, 0, 0, 0);
        BoxCoder.REGION.encode(new float[] {30, 20, 50, 60}, 0, REFERENCE, 0, out, 0);
        assertThat(out).containsExactly(10, 0, 0, 0);
    }

    @Test
    void decodingUndoesEncoding() {
        float[] box = {12, 13, 47.5f, 33};
        float[] deltas = new float[4];
        float[] back = new float[4];
        for (BoxCoder coder : new BoxCoder[] {BoxCoder.ANCHOR, BoxCoder.REGION}) {
            coder.encode(box, 0, REFERENCE, 0, deltas, 0);
            coder.decode(deltas, 0, REFERENCE, 0, 100, 100, back, 0);
            assertThat(back).containsExactly(box, within(1e-4f));
        }
    }

    @Test
    void decodedBoxesStayInsideAndGrowAtMostByALimit() {
        float[] back = new float[4];
        BoxCoder.ANCHOR.decode(new float[] {0, 0, 99, 0}, 0, REFERENCE, 0, 1e6f, 50, back, 0);
        assertThat(back[2]).isCloseTo(20 + 20 * 1000f / 16 / 2, within(.01f));
        assertThat(back[0]).isZero();
        assertThat(back[3]).isEqualTo(50);
    }
}
