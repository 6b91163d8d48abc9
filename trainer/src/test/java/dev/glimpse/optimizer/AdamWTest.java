package dev.glimpse.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.glimpse.parameter.Init;
import dev.glimpse.parameter.ParameterSpec;
import dev.glimpse.parameter.Parameters;
import dev.glimpse.seed.Seed;
import java.util.List;
import org.junit.jupiter.api.Test;

class AdamWTest {
    private static final List<ParameterSpec> SPECS =
            List.of(ParameterSpec.weight("weight", Init.ones(), 1, 1), ParameterSpec.bias("bias", Init.ones(), 1));

    @Test
    void firstStepMovesByTheRateAgainstTheSignAndDecaysOnlyWhatDecays() {
        try (NDManager root = NDManager.newBaseManager();
                Parameters parameters = new Parameters(root, SPECS, new Seed(1));
                AdamW optimizer = new AdamW(root, parameters, 0.5);
                NDManager step = root.newSubManager()) {
            optimizer.step(step.create(new float[] {4, -7}), 0.1, 1);
            float[] p = parameters.flat().toFloatArray();
            assertThat(p[0]).isCloseTo(1 - 0.1f * 0.5f - 0.1f, within(1e-6f));
            assertThat(p[1]).isCloseTo(1 + 0.1f, within(1e-6f));
        }
    }

    @Test
    void agreesWithTheEquationsInDoublePrecisionOverTwentySteps() {
        double[] p = {1, 1};
        double[] m = new double[2];
        double[] v = new double[2];
        try (NDManager root = NDManager.newBaseManager();
                Parameters parameters = new Parameters(root, SPECS, new Seed(1));
                AdamW optimizer = new AdamW(root, parameters, 0.05)) {
            for (int t = 1; t <= 20; t++) {
                double[] g = {Math.sin(t), Math.cos(3 * t)};
                for (int i = 0; i < 2; i++) {
                    m[i] = .9 * m[i] + .1 * g[i];
                    v[i] = .999 * v[i] + .001 * g[i] * g[i];
                    double adam = m[i] / (1 - Math.pow(.9, t)) / (Math.sqrt(v[i] / (1 - Math.pow(.999, t))) + 1e-8);
                    p[i] -= 0.01 * (i == 0 ? 0.05 * p[i] : 0) + 0.01 * adam;
                }
                try (NDManager step = root.newSubManager()) {
                    optimizer.step(step.create(new float[] {(float) g[0], (float) g[1]}), 0.01, t);
                }
            }
            float[] found = parameters.flat().toFloatArray();
            assertThat(found[0]).isCloseTo((float) p[0], within(2e-6f));
            assertThat(found[1]).isCloseTo((float) p[1], within(2e-6f));
        }
    }

    @Test
    void fiftyStepsLeaveNothingBehindInTheManagers() {
        try (NDManager root = NDManager.newBaseManager();
                Parameters parameters = new Parameters(root, SPECS, new Seed(1));
                AdamW optimizer = new AdamW(root, parameters, 0.05)) {
            int before = root.getManagedArrays().size();
            for (int t = 1; t <= 50; t++) {
                try (NDManager step = root.newSubManager()) {
                    optimizer.step(step.create(new float[] {1, 2}), 0.01, t);
                }
            }
            assertThat(root.getManagedArrays()).hasSize(before);
        }
    }

    @Test
    void clippingKeepsTheDirectionAndReportsTheNormBefore() {
        try (NDManager root = NDManager.newBaseManager()) {
            NDArray gradient = root.create(new float[] {3, 4});
            assertThat(Clip.toNorm(gradient, 1)).isEqualTo(5);
            assertThat(gradient.toFloatArray()).containsExactly(new float[] {0.6f, 0.8f}, within(1e-6f));
            assertThat(Clip.toNorm(gradient, 2)).isCloseTo(1, within(1e-6f));
            assertThat(gradient.toFloatArray()).containsExactly(new float[] {0.6f, 0.8f}, within(1e-6f));
        }
    }

    @Test
    void rateRisesToThePeakAndFallsToNearlyZero() {
        Schedule schedule = new Schedule(1, 10, 110);
        assertThat(schedule.rate(1)).isEqualTo(0.1);
        assertThat(schedule.rate(10)).isEqualTo(1);
        assertThat(schedule.rate(11)).isEqualTo(1);
        assertThat(schedule.rate(61)).isEqualTo(0.5);
        assertThat(schedule.rate(110)).isEqualTo(0.01);
        assertThat(new Schedule(1, 0, 10).rate(1)).isEqualTo(1);
    }
}
