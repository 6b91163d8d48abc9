package dev.glimpse.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import org.junit.jupiter.api.Test;

class HiddenMseTest {
    @Test
    void statesThatAreOffByTwoEverywhereCostFour() {
        try (NDManager root = NDManager.newBaseManager()) {
            NDArray each = HiddenMse.perToken(root.ones(new Shape(2, 5)), root.full(new Shape(2, 5), 3f));
            assertThat(each.toFloatArray()).containsExactly(4, 4);
        }
    }

    @Test
    void agreesWithTheSumWrittenOutWhicheverSideIsFirst() {
        float[] a = Numbers.normal(1, 12);
        float[] b = Numbers.normal(2, 12);
        try (NDManager root = NDManager.newBaseManager()) {
            NDArray one = root.create(a, new Shape(3, 4));
            NDArray other = root.create(b, new Shape(3, 4));
            float[] each = HiddenMse.perToken(one, other).toFloatArray();
            for (int i = 0; i < 3; i++) {
                double expected = 0;
                for (int d = 0; d < 4; d++) {
                    expected += Math.pow((double) a[4 * i + d] - b[4 * i + d], 2) / 4;
                }
                assertThat((double) each[i]).isCloseTo(expected, within(1e-5));
            }
            assertThat(HiddenMse.perToken(other, one).toFloatArray()).containsExactly(each);
        }
    }

    @Test
    void gradientAgreesWithDifferences() {
        try (NDManager root = NDManager.newBaseManager()) {
            NDArray teacher = root.create(Numbers.normal(3, 12), new Shape(3, 4));
            Differences.agree(
                    root,
                    Numbers.normal(4, 12),
                    new Shape(3, 4),
                    x -> HiddenMse.perToken(x, teacher).mean(),
                    1e-3);
        }
    }
}
