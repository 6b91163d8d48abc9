package dev.glimpse.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.glimpse.optimizer.OptimizerSettings;
import dev.glimpse.parameter.Init;
import dev.glimpse.parameter.ParameterSpec;
import dev.glimpse.parameter.Parameters;
import dev.glimpse.seed.Seed;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which weights training leaves: one parameter that a gradient of -1 raises step by step. */
class SelectionTest {
    private static final int STEPS = 12;

    @TempDir
    private Path folder = Path.of("");

    /** What a training left, and what its validations saw. */
    private record Result(float left, List<Float> trained, List<Float> validated, long steps) {}

    @Test
    void averageIsWhatIsValidatedAndWrittenWhileTrainingGoesOnFromTheRawWeights() {
        Result plain = train("plain", 0, 0, -1, Double.NaN);
        Result averaged = train("averaged", 0.9, 0, -1, Double.NaN);
        assertThat(averaged.trained).isEqualTo(plain.trained);
        double average = 0;
        for (int t = 1; t <= STEPS; t++) {
            double decay = Math.min(0.9, (1.0 + t) / (10 + t));
            average = decay * average + (1 - decay) * plain.trained.get(t - 1);
            assertThat(averaged.validated.get(t - 1)).isCloseTo((float) average, within(1e-5f));
        }
        assertThat(averaged.left).isCloseTo((float) average, within(1e-5f)).isLessThan(plain.left);
    }

    @Test
    void trainingEndsWhenPatienceDoesAndLeavesTheBestWeights() {
        Result result = train("patient", 0, 3, -1, 0.45);
        float best = result.trained.stream()
                .min(Comparator.comparingDouble(x -> Math.abs(x - 0.45)))
                .orElseThrow();
        assertThat(result.steps).isLessThan(STEPS).isEqualTo(result.trained.indexOf(best) + 1 + 3);
        assertThat(result.left).isEqualTo(best);
    }

    @Test
    void withoutPatienceTheLastWeightsAreLeft() {
        Result result = train("impatient", 0, 0, -1, 0.3);
        assertThat(result.steps).isEqualTo(STEPS);
        assertThat(result.left).isEqualTo(result.trained.get(STEPS - 1));
    }

    @Test
    void resumedTrainingKnowsAverageBestAndPatience() {
        for (int stopAfter = 1; stopAfter < 8; stopAfter++) {
            int stop = stopAfter;
            Result whole = train("whole" + stop, 0.5, 3, -1, 0.45);
            assertThatThrownBy(() -> train("broken" + stop, 0.5, 3, stop, 0.45)).isInstanceOf(StoppedException.class);
            Result resumed = train("broken" + stop, 0.5, 3, -1, 0.45);
            assertThat(resumed.left).isEqualTo(whole.left);
            assertThat(resumed.steps).isEqualTo(whole.steps);
        }
    }

    /** Every step is validated by the distance from {@code aim}. */
    private Result train(String name, double ema, int patience, int stopAfter, double aim) {
        OptimizerSettings settings = new OptimizerSettings(STEPS, 1, 1, 0.1, 0, 0, 9, ema, patience, 5);
        Stage stage = new Stage("test", settings, List.of(), List.of());
        List<Float> trained = new ArrayList<>();
        List<Float> validated = new ArrayList<>();
        try (NDManager root = NDManager.newBaseManager();
                Parameters parameters =
                        new Parameters(root, List.of(ParameterSpec.bias("x", Init.zeros(), 1)), new Seed(1));
                StopSignal stop = new StopSignal();
                Training training = new Training(
                        new RunDirectory(folder.resolve(name)),
                        stage,
                        settings,
                        new Seed(1),
                        root,
                        parameters,
                        List.of(),
                        stop)) {
            while (training.next()) {
                try (NDManager step = root.newSubManager()) {
                    NDArray gradient = step.create(new float[] {-1});
                    training.update(gradient, Map.of("loss", 1f));
                }
                trained.add(parameters.values("x")[0]);
                training.validate(Goal.lowest("distance"), () -> {
                    validated.add(parameters.values("x")[0]);
                    return Map.of("distance", Math.abs(parameters.values("x")[0] - aim));
                });
                if (training.step() == stopAfter) {
                    stop.request();
                }
            }
            return new Result(parameters.values("x")[0], trained, validated, training.step());
        }
    }
}
