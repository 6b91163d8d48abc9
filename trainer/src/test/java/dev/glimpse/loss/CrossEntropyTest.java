package dev.glimpse.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import org.junit.jupiter.api.Test;

class CrossEntropyTest {
    @Test
    void indistinguishableClassesCostTheLogOfTheirNumberWhateverTheSmoothing() {
        try (NDManager root = NDManager.newBaseManager()) {
            NDArray logits = root.ones(new Shape(2, 5));
            NDArray targets = root.create(new long[] {0, 3});
            for (double smoothing : new double[] {0, 0.1, 0.5}) {
                assertThat(CrossEntropy.mean(logits, targets, smoothing).getFloat())
                        .isCloseTo((float) Math.log(5), within(1e-6f));
            }
        }
    }

    @Test
    void smoothedLossIsThatOfASmoothedTarget() {
        double[] x = {1, -2, 0.5};
        double sum = Math.exp(1) + Math.exp(-2) + Math.exp(0.5);
        double expected = 0;
        for (int v = 0; v < 3; v++) {
            double target = (v == 2 ? 0.9 : 0) + 0.1 / 3;
            expected -= target * (x[v] - Math.log(sum));
        }
        try (NDManager root = NDManager.newBaseManager()) {
            NDArray logits = root.create(new float[][] {{1, -2, 0.5f}});
            assertThat(CrossEntropy.mean(logits, root.create(new long[] {2}), 0.1)
                            .getFloat())
                    .isCloseTo((float) expected, within(1e-6f));
        }
    }

    @Test
    void gradientAgreesWithDifferences() {
        float[] logits = {0.3f, -1, 2, 0.5f, 0, -0.7f};
        try (NDManager root = NDManager.newBaseManager()) {
            NDArray targets = root.create(new long[] {2, 0});
            Differences.agree(root, logits, new Shape(2, 3), x -> CrossEntropy.mean(x, targets, 0.1), 1e-4);
        }
    }
}
