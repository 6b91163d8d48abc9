package dev.glimpse.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import org.junit.jupiter.api.Test;

class SoftTargetsTest {
    private static final Shape SHAPE = new Shape(2, 4);

    @Test
    void undecidedTeacherAndStudentCostTheLogarithmOfTheNumberOfClasses() {
        try (NDManager root = NDManager.newBaseManager()) {
            NDArray zeros = root.zeros(SHAPE);
            assertThat(SoftTargets.exclusive(zeros, zeros, 2).toFloatArray())
                    .containsExactly(new float[] {(float) (4 * Math.log(4)), (float) (4 * Math.log(4))}, within(1e-5f));
            assertThat(SoftTargets.independent(zeros, zeros, 1).toFloatArray())
                    .containsExactly(new float[] {(float) (4 * Math.log(2)), (float) (4 * Math.log(2))}, within(1e-5f));
        }
    }

    @Test
    void sureTeacherIsAHardLabel() {
        try (NDManager root = NDManager.newBaseManager()) {
            NDArray student = root.create(new float[][] {{1, -2, 0.5f, 0}});
            NDArray teacher = root.create(new float[][] {{-500, -500, 500, -500}});
            NDArray hard = CrossEntropy.mean(student, root.create(new long[] {2}), 0);
            assertThat(SoftTargets.exclusive(student, teacher, 1).getFloat(0))
                    .isCloseTo(hard.getFloat(), within(1e-5f));
            NDArray scores = root.create(new float[][] {{0, 0, 1, 0}});
            assertThat(SoftTargets.independent(student, teacher, 1).getFloat(0))
                    .isCloseTo(SoftBinary.mean(student, scores).getFloat(), within(1e-5f));
        }
    }

    @Test
    void nothingCostsLessThanTheTeacherItselfAndASharedShiftChangesNothing() {
        try (NDManager root = NDManager.newBaseManager()) {
            NDArray teacher = root.create(Numbers.normal(1, 8), SHAPE);
            NDArray other = root.create(Numbers.normal(2, 8), SHAPE);
            float[] best = SoftTargets.exclusive(teacher, teacher, 3).toFloatArray();
            float[] worse = SoftTargets.exclusive(other, teacher, 3).toFloatArray();
            assertThat(worse[0]).isGreaterThan(best[0]);
            assertThat(worse[1]).isGreaterThan(best[1]);
            assertThat(SoftTargets.exclusive(other.add(5), teacher.sub(3), 3).toFloatArray())
                    .containsExactly(worse, within(1e-4f));
        }
    }

    @Test
    void agreesWithTheSumsWrittenOut() {
        float[] s = Numbers.normal(3, 8);
        float[] t = Numbers.normal(4, 8);
        double tau = 2;
        try (NDManager root = NDManager.newBaseManager()) {
            NDArray student = root.create(s, SHAPE);
            NDArray teacher = root.create(t, SHAPE);
            float[] words = SoftTargets.exclusive(student, teacher, tau).toFloatArray();
            float[] answers = SoftTargets.independent(student, teacher, tau).toFloatArray();
            for (int i = 0; i < 2; i++) {
                double[] p = Numbers.softmax(s, 4 * i, 4, tau);
                double[] q = Numbers.softmax(t, 4 * i, 4, tau);
                double exclusive = 0;
                double independent = 0;
                for (int v = 0; v < 4; v++) {
                    exclusive -= tau * tau * q[v] * Math.log(p[v]);
                    double own = 1 / (1 + Math.exp(-s[4 * i + v] / tau));
                    double wanted = 1 / (1 + Math.exp(-t[4 * i + v] / tau));
                    independent -= tau * tau * (wanted * Math.log(own) + (1 - wanted) * Math.log(1 - own));
                }
                assertThat((double) words[i]).isCloseTo(exclusive, within(1e-5));
                assertThat((double) answers[i]).isCloseTo(independent, within(1e-5));
            }
        }
    }

    @Test
    void gradientsAgreeWithDifferences() {
        try (NDManager root = NDManager.newBaseManager()) {
            NDArray teacher = root.create(Numbers.normal(5, 8), SHAPE);
            float[] s = Numbers.normal(6, 8);
            Differences.agree(
                    root, s, SHAPE, x -> SoftTargets.exclusive(x, teacher, 2).mean(), 1e-3);
            Differences.agree(
                    root, s, SHAPE, x -> SoftTargets.independent(x, teacher, 2).mean(), 1e-3);
        }
    }
}
