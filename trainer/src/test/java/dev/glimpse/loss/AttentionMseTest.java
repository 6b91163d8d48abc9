package dev.glimpse.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import org.junit.jupiter.api.Test;

class AttentionMseTest {
    private static final Shape SHAPE = new Shape(2, 2, 3, 3); // B, H, T, T
    private static final long[] ROWS = {0, 2, 4}; // b T + i

    @Test
    void rowsThatLookElsewhereCostTwo() {
        try (NDManager root = NDManager.newBaseManager()) {
            NDArray one = root.create(new float[] {1, 0, 0, 1}, new Shape(1, 1, 2, 2));
            NDArray other = root.create(new float[] {0, 1, 0, 1}, new Shape(1, 1, 2, 2));
            NDArray each = AttentionMse.perToken(one, other, root.create(new long[] {0, 1}));
            assertThat(each.toFloatArray()).containsExactly(2, 0);
        }
    }

    @Test
    void equalDistributionsCostNothingAndRowsOutsideTheListDoNotCount() {
        try (NDManager root = NDManager.newBaseManager()) {
            float[] values = Numbers.normal(1, 36);
            float[] changed = values.clone();
            changed[3] += 1; // row 1 of sample 0, which is not listed
            NDArray each =
                    AttentionMse.perToken(root.create(values, SHAPE), root.create(changed, SHAPE), root.create(ROWS));
            assertThat(each.toFloatArray()).containsExactly(0, 0, 0);
        }
    }

    @Test
    void agreesWithTheSumWrittenOut() {
        float[] student = Numbers.normal(2, 36);
        float[] teacher = Numbers.normal(3, 36);
        try (NDManager root = NDManager.newBaseManager()) {
            float[] each = AttentionMse.perToken(
                            root.create(student, SHAPE), root.create(teacher, SHAPE), root.create(ROWS))
                    .toFloatArray();
            for (int n = 0; n < ROWS.length; n++) {
                int b = (int) ROWS[n] / 3;
                int i = (int) ROWS[n] % 3;
                double expected = 0;
                for (int h = 0; h < 2; h++) {
                    for (int k = 0; k < 3; k++) {
                        int at = ((b * 2 + h) * 3 + i) * 3 + k;
                        expected += Math.pow((double) student[at] - teacher[at], 2) / 2;
                    }
                }
                assertThat((double) each[n]).isCloseTo(expected, within(1e-5));
            }
        }
    }

    @Test
    void gradientAgreesWithDifferences() {
        try (NDManager root = NDManager.newBaseManager()) {
            NDArray teacher = root.create(Numbers.normal(4, 36), SHAPE);
            NDArray rows = root.create(ROWS);
            Differences.agree(
                    root,
                    Numbers.normal(5, 36),
                    SHAPE,
                    x -> AttentionMse.perToken(x, teacher, rows).mean(),
                    1e-3);
        }
    }
}
