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
    void agreesWithLogarithmsOfProbabilities() {
        float[][] logits = {{0.3f, -1, 2}, {0.5f, 4, -3}};
        float[][] scores = {{0, 1, 0.3f}, {0.9f, 0.6f, 0}};
        double expected = 0;
        for (int b = 0; b < 2; b++) {
            for (int a = 0; a < 3; a++) {
                double yes = 1 / (1 + Math.exp(-logits[b][a]));
                expected -= scores[b][a] * Math.log(yes) + (1 - scores[b][a]) * Math.log(1 - yes);
            }
        }
        try (NDManager root = NDManager.newBaseManager()) {
            assertThat(SoftBinary.mean(root.create(logits), root.create(scores)).getFloat())
                    .isCloseTo((float) (expected / 2), within(1e-6f));
        }
    }

    @Test
    void yesAndNoMayChangePlaces() {
        try (NDManager root = NDManager.newBaseManager()) {
            NDArray logits = root.create(new float[][] {{0.3f, -1, 2}});
            NDArray scores = root.create(new float[][] {{0, 1, 0.3f}});
            float mirrored = SoftBinary.mean(logits.neg(), scores.neg().add(1)).getFloat();
            assertThat(SoftBinary.mean(logits, scores).getFloat()).isCloseTo(mirrored, within(1e-6f));
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
