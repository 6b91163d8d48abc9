package dev.glimpse.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.glimpse.array.Scalar;
import dev.glimpse.error.UserError;
import dev.glimpse.optimizer.OptimizerSettings;
import dev.glimpse.parameter.Init;
import dev.glimpse.parameter.ParameterSpec;
import dev.glimpse.parameter.Parameters;
import dev.glimpse.parameter.Precision;
import dev.glimpse.run.Metrics;
import dev.glimpse.run.RunDirectory;
import dev.glimpse.run.Stage;
import dev.glimpse.run.StopSignal;
import dev.glimpse.run.StoppedException;
import dev.glimpse.run.Training;
import dev.glimpse.seed.Seed;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Steps in 16 bits, on the CPU, which the command line refuses: the arithmetic is that of a GPU. */
class PrecisionTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void pretrainingIn16BitsLearnsAsIn32() throws IOException {
        double wide = lossOfTwentySteps(Precision.FP32);
        double narrow = lossOfTwentySteps(Precision.FP16);
        assertThat(narrow).isBetween(wide - 0.05, wide + 0.05).isNotEqualTo(wide);
    }

    private double lossOfTwentySteps(Precision precision) throws IOException {
        MicroRun micro = new MicroRun(folder, precision.name());
        try (StopSignal stop = new StopSignal()) {
            Job job = micro.job(stop, 0, 1, 20);
            new PretrainRecipe(new Job(job.config(), job.run(), job.devices(), precision, stop)).run();
        }
        return last(micro.run(), "loss");
    }

    @Test
    void overflowingGradientsAreSkippedAndCountedUntilTheScaleFits() {
        RunDirectory run = new RunDirectory(folder.resolve("overflow"));
        // The gradient of 1000 x is 1000 times the scale: beyond 65504 in 16 bits until the scale is 64.
        float x = train(run, 40, -1, 1000);
        assertThat(last(run, "skipped steps")).isEqualTo(10);
        assertThat(last(run, "loss scale")).isEqualTo(64);
        assertThat(x).isLessThan(0);
    }

    @Test
    void resumedTrainingKnowsScaleAndSkippedSteps() {
        float whole = train(new RunDirectory(folder.resolve("whole")), 40, -1, 1000);
        for (int stop : new int[] {5, 10, 25}) {
            RunDirectory run = new RunDirectory(folder.resolve("broken" + stop));
            assertThatThrownBy(() -> train(run, 40, stop, 1000)).isInstanceOf(StoppedException.class);
            assertThat(train(run, 40, -1, 1000)).isEqualTo(whole);
            assertThat(last(run, "skipped steps")).isEqualTo(10);
        }
    }

    @Test
    void gradientThatNoScaleHelpsEndsTraining() {
        assertThatThrownBy(() -> train(new RunDirectory(folder.resolve("nan")), 40, -1, 1e6))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("test: a loss or the gradient of step 17 is not finite");
    }

    /** Lowers {@code factor x} and gives the last x. */
    private static float train(RunDirectory run, int steps, int stopAfter, double factor) {
        OptimizerSettings settings = new OptimizerSettings(steps, 1, 1, 0.1, 0, 0, 9, 0, 0, 10);
        Stage stage = new Stage("test", settings, List.of(), List.of());
        try (NDManager root = NDManager.newBaseManager();
                Parameters parameters =
                        new Parameters(root, List.of(ParameterSpec.bias("x", Init.zeros(), 1)), new Seed(1));
                StopSignal stop = new StopSignal();
                Training training = new Training(
                        run, stage, settings, Precision.FP16, new Seed(1), root, parameters, List.of(), stop)) {
            DataParallel parallel = new DataParallel(root, parameters, List.of(Device.cpu()));
            while (training.next()) {
                parallel.step(training, (step, weights, part) -> {
                    NDArray half = weights.get("x").sum();
                    return Map.of("x", Scalar.times(half, factor));
                });
                if (training.step() == stopAfter) {
                    stop.request();
                }
            }
            return parameters.values("x")[0];
        }
    }

    private static double last(RunDirectory run, String name) {
        return Metrics.read(run.metrics()).stream()
                .filter(row -> row.name().equals(name))
                .mapToDouble(Metrics.Row::value)
                .reduce((a, b) -> b)
                .orElseThrow();
    }
}
