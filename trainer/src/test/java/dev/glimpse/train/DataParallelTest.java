package dev.glimpse.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.glimpse.optimizer.OptimizerSettings;
import dev.glimpse.parameter.Init;
import dev.glimpse.parameter.ParameterSpec;
import dev.glimpse.parameter.Parameters;
import dev.glimpse.parameter.Weights;
import dev.glimpse.run.Metrics;
import dev.glimpse.run.RunDirectory;
import dev.glimpse.run.Stage;
import dev.glimpse.run.StopSignal;
import dev.glimpse.run.Training;
import dev.glimpse.seed.Seed;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One step on nine samples, of which sample i stands for i + 1 things, divided in all ways. */
class DataParallelTest {
    private static final int BATCH = 9;
    private static final float[] DATA = new float[3 * BATCH * (BATCH + 1) / 2];

    static {
        for (int i = 0; i < DATA.length; i++) {
            DATA[i] = (float) Math.sin(i);
        }
    }

    @TempDir
    private Path folder = Path.of("");

    @Test
    void accumulatedPartsAndDevicesMoveTheParametersAsTheWholeBatchDoes() {
        float[] whole = step(1, 1);
        for (int accumulate : new int[] {1, 2, 3, 4, 9}) {
            for (int devices : new int[] {1, 2, 3, 12}) {
                assertThat(step(accumulate, devices))
                        .as("%d parts on %d devices", accumulate, devices)
                        .containsExactly(whole, within(2e-6f));
            }
        }
    }

    /** Weights after one step, then the loss of it and the norm of its gradient. */
    private float[] step(int accumulate, int devices) {
        OptimizerSettings settings = new OptimizerSettings(1, BATCH, accumulate, 0.1, 0, 0, 0.5, 0, 0, 1);
        Stage stage = new Stage("test", settings, List.of(), List.of());
        RunDirectory run = new RunDirectory(folder.resolve(accumulate + "-" + devices));
        try (NDManager root = NDManager.newBaseManager();
                Parameters parameters = new Parameters(
                        root, List.of(ParameterSpec.weight("w", new Init.Normal(1), 3, 1)), new Seed(1));
                StopSignal stop = new StopSignal();
                Training training =
                        new Training(run, stage, settings, new Seed(1), root, parameters, List.of(), stop)) {
            DataParallel parallel = new DataParallel(root, parameters, Collections.nCopies(devices, Device.cpu()));
            training.next();
            parallel.step(training, DataParallelTest::losses);
            float[] w = parameters.values("w");
            double[] found = Metrics.read(run.metrics()).stream()
                    .filter(row -> !row.name().equals("rate"))
                    .mapToDouble(Metrics.Row::value)
                    .toArray();
            assertThat(found).hasSize(4); // gradient norm, loss, samples, things
            float[] all = Arrays.copyOf(w, w.length + found.length);
            for (int i = 0; i < found.length; i++) {
                all[w.length + i] = (float) found[i];
            }
            return all;
        }
    }

    /** A mean over samples, and one over things. */
    private static Map<String, NDArray> losses(NDManager step, Weights weights, Part part) {
        NDArray samples = step.create(
                Arrays.copyOfRange(DATA, 3 * part.from(), 3 * part.to()), new Shape(part.to() - part.from(), 3));
        int from = part.from() * (part.from() + 1) / 2;
        int to = part.to() * (part.to() + 1) / 2;
        NDArray things = step.create(Arrays.copyOfRange(DATA, 3 * from, 3 * to), new Shape(to - from, 3));
        NDArray w = weights.get("w");
        NDArray mean = things.matMul(w).sub(1).square().mean();
        return Map.of(
                "samples", samples.matMul(w).square().mean(),
                "things", part.balanced(mean, to - from, BATCH * (BATCH + 1) / 2));
    }
}
