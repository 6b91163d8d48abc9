package dev.glimpse.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import org.junit.jupiter.api.Test;

class SoftBinaryTest {
    @Test
    void undecidedLogitsCostLogTwoPerAnswer() {
        try (NDManager root = NDManager.newBaseManager()) {
            NDArray scores = root.create(new float[][] {{0, 1, 0.3f}, {0.6f, 0, 0}});
            assertThat(SoftBinary.mean(root.zeros(new Shape(2, 3)), scores).getFloat())
                    .isCloseTo((float) (3 * Math.log(2)), within(1e-6f));
        }
    }

    @Test
    void largeLogitsNeitherOverflowNorCostWhenRight() {
        try (NDManager root = NDManager.newBaseManager()) {
            NDArray logits = root.create(new float[][] {{1000, -1000}});
            assertThat(SoftBinary.mean(logits, root.create(new float[][] {{1, 0}}))
                            .getFloat())
                    .isZero();
            assertThat(SoftBinary.mean(logits, root.create(new float[][] {{0, 1}}))
                            .getFloat())
                    .isEqualTo(2000);
        }
    }

    @Test
    void gradientAgreesWithDifferences() {
        float[] logits = {0.3f, -1, 2, 0.5f};
        try (NDManager root = NDManager.newBaseManager()) {
            NDArray scores = root.create(new float[][] {{0, 1}, {0.3f, 0.9f}});
            Differences.agree(root, logits, new Shape(2, 2), x -> SoftBinary.mean(x, scores), 1e-3);
        }
    }
}
