package dev.glimpse.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import org.junit.jupiter.api.Test;

class RelationsTest {
    private static final Shape STUDENT = new Shape(2, 2, 3, 2); // B, H, T, d
    private static final Shape TEACHER = new Shape(2, 2, 3, 4);
    private static final float[] MASK = {0, -10000, 0, 0, 0, 0, 0, 0, 0};
    private static final long[] ROWS = {0, 1, 5};

    @Test
    void uniformTeacherAgainstASureStudentCostsWhatTheFormulaSays() {
        try (NDManager root = NDManager.newBaseManager()) {
            NDArray student = root.create(new float[] {1, 0, 0, 1}, new Shape(1, 1, 2, 2));
            NDArray teacher = root.zeros(new Shape(1, 1, 2, 2));
            double sure = 1 / (1 + Math.exp(-1 / Math.sqrt(2)));
            double expected = -Math.log(2) - 0.5 * Math.log(sure) - 0.5 * Math.log(1 - sure);
            float[] each = Relations.perToken(
                            student, teacher, root.zeros(new Shape(1, 1, 1, 2)), root.create(new long[] {0, 1}))
                    .toFloatArray();
            assertThat((double) each[0]).isCloseTo(expected, within(1e-5));
            assertThat((double) each[1]).isCloseTo(expected, within(1e-5));
        }
    }

    @Test
    void equalRelationsCostNothingEvenInAnotherBasisAndWidth() {
        try (NDManager root = NDManager.newBaseManager()) {
            NDArray student = root.create(Numbers.normal(1, 24), STUDENT);
            NDArray turn = root.create(new float[][] {{0.6f, -0.8f}, {0.8f, 0.6f}});
            // twice as wide: the products grow by sqrt(2), as the divisor does
            NDArray turned = student.matMul(turn).mul((float) Math.pow(2, 0.25));
            NDArray wide = turned.concat(turned.zerosLike(), 3);
            float[] each = Relations.perToken(student, wide, root.zeros(new Shape(1, 1, 1, 3)), root.create(ROWS))
                    .toFloatArray();
            assertThat(each).containsExactly(new float[3], within(1e-5f));
        }
    }

    @Test
    void agreesWithTheDivergenceWrittenOutAndMaskedKeysDoNotCount() {
        float[] s = Numbers.normal(2, 24);
        float[] t = Numbers.normal(3, 48);
        try (NDManager root = NDManager.newBaseManager()) {
            float[] each = Relations.perToken(
                            root.create(s, STUDENT),
                            root.create(t, TEACHER),
                            root.create(MASK, new Shape(1, 1, 3, 3)),
                            root.create(ROWS))
                    .toFloatArray();
            for (int n = 0; n < ROWS.length; n++) {
                int b = (int) ROWS[n] / 3;
                int i = (int) ROWS[n] % 3;
                double expected = 0;
                for (int h = 0; h < 2; h++) {
                    double[] own = relation(s, (b * 2 + h) * 3, i, 2);
                    double[] wanted = relation(t, (b * 2 + h) * 3, i, 4);
                    for (int k = 0; k < 3; k++) {
                        expected += wanted[k] == 0 ? 0 : wanted[k] * Math.log(wanted[k] / own[k]) / 2;
                    }
                }
                assertThat((double) each[n]).isCloseTo(expected, within(1e-5));
            }
        }
    }

    private static double[] relation(float[] a, int first, int i, int d) {
        double[] e = new double[3];
        double sum = 0;
        for (int k = 0; k < 3; k++) {
            double dot = 0;
            for (int j = 0; j < d; j++) {
                dot += (double) a[(first + i) * d + j] * a[(first + k) * d + j];
            }
            e[k] = MASK[3 * i + k] < 0 ? 0 : Math.exp(dot / Math.sqrt(d));
            sum += e[k];
        }
        for (int k = 0; k < 3; k++) {
            e[k] /= sum;
        }
        return e;
    }

    @Test
    void gradientAgreesWithDifferences() {
        try (NDManager root = NDManager.newBaseManager()) {
            NDArray teacher = root.create(Numbers.normal(4, 48), TEACHER);
            NDArray mask = root.create(MASK, new Shape(1, 1, 3, 3));
            NDArray rows = root.create(ROWS);
            Differences.agree(
                    root,
                    Numbers.normal(5, 24),
                    STUDENT,
                    x -> Relations.perToken(x, teacher, mask, rows).mean(),
                    2e-3);
        }
    }
}
