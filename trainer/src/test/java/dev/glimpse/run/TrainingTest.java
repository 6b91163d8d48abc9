package dev.glimpse.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import dev.glimpse.error.UserError;
import dev.glimpse.json.Json;
import dev.glimpse.optimizer.OptimizerSettings;
import dev.glimpse.parameter.Buffers;
import dev.glimpse.parameter.Init;
import dev.glimpse.parameter.ParameterSpec;
import dev.glimpse.parameter.Parameters;
import dev.glimpse.parameter.Weights;
import dev.glimpse.seed.Seed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingTest {
    private static final OptimizerSettings SETTINGS = new OptimizerSettings(50, 1, 1, 0.05, 5, 0.1, 1, 0, 0, 10);
    private static final Seed SEED = new Seed(3);

    @TempDir
    private Path folder = Path.of("");

    @Test
    void resumedTrainingEndsWithTheSameBitsAsAnUnbrokenOne() throws IOException {
        RunDirectory broken = new RunDirectory(folder.resolve("broken"));
        assertThatThrownBy(() -> train(broken, 17, 0)).isInstanceOf(StoppedException.class);
        float[] resumed = train(broken, -1, 0);
        RunDirectory whole = new RunDirectory(folder.resolve("whole"));
        assertThat(resumed).containsExactly(train(whole, -1, 0));
    }

    @Test
    void lossThatIsNotANumberEndsTrainingAndLeavesWhatIsNeededToRunTheStepAgain() {
        assertThatThrownBy(() -> train(new RunDirectory(folder), -1, 30))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("test: a loss or the gradient of step 30 is not finite")
                .hasMessageContaining("loss=NaN")
                .hasMessageContaining("nan-test-30.json")
                .hasMessageContaining("Lower the rate");
        BrokenStep step = Json.read(folder.resolve("nan-test-30.json"), BrokenStep.class);
        assertThat(step.samples()).containsExactly(30, 31);
        assertThat(step.seed()).isEqualTo(SEED.at(30).value());
        assertThat(step.losses()).containsEntry("loss", "NaN");
    }

    @Test
    void stepsLeaveNothingBehindInTheManagers() {
        RunDirectory run = new RunDirectory(folder);
        try (NDManager root = NDManager.newBaseManager();
                Parameters parameters = parameters(root);
                StopSignal stop = new StopSignal();
                Training training = training(run, root, parameters, List.of(), stop)) {
            int before = root.getManagedArrays().size();
            while (training.next()) {
                step(root, parameters, List.of(), training, 1);
            }
            assertThat(root.getManagedArrays()).hasSize(before);
        }
    }

    /** Trains, asks for an end after {@code stopAfter} steps, and gives the final parameters and buffers. */
    private static float[] train(RunDirectory run, long stopAfter, long nanAt) {
        try (NDManager root = NDManager.newBaseManager();
                Parameters parameters = parameters(root);
                Buffers buffers = new Buffers(root, List.of(ParameterSpec.bias("mean", Init.zeros(), 1)));
                StopSignal stop = new StopSignal();
                Training training = training(run, root, parameters, List.of(buffers), stop)) {
            while (training.next()) {
                step(root, parameters, List.of(buffers), training, training.step() == nanAt ? Float.NaN : 1);
                if (training.step() == stopAfter) {
                    stop.request();
                }
            }
            float[] flat = parameters.flat().toFloatArray();
            return new float[] {flat[0], flat[1], flat[2], buffers.values("mean")[0]};
        }
    }

    private static void step(
            NDManager root, Parameters parameters, List<Buffers> buffers, Training training, float factor) {
        try (NDManager step = root.newSubManager();
                GradientCollector collector = Engine.getInstance().newGradientCollector()) {
            Weights w = parameters.trainable(step);
            training.samples(new int[] {(int) training.step(), (int) training.step() + 1}, 0);
            float target = training.seed().random().nextFloat();
            NDArray x = step.create(new float[] {1, target}, new Shape(1, 2));
            NDArray y = x.matMul(w.get("w")).add(w.get("b"));
            NDArray loss = y.sub(target).square().mean().mul(factor);
            collector.backward(loss);
            buffers.forEach(b -> b.views(step).get("mean").muli(0.9).addi(target));
            training.update(w.gradient(), Map.of("loss", loss.getFloat()));
        }
    }

    private static Parameters parameters(NDManager root) {
        return new Parameters(
                root,
                List.of(ParameterSpec.weight("w", new Init.Normal(1), 2, 1), ParameterSpec.bias("b", Init.zeros(), 1)),
                SEED);
    }

    private static Training training(
            RunDirectory run, NDManager root, Parameters parameters, List<Buffers> buffers, StopSignal stop) {
        Stage stage = new Stage("test", SETTINGS, List.of(), List.of());
        return new Training(run, stage, SETTINGS, SEED, root, parameters, buffers, stop);
    }

    @Test
    void metricsOfAResumedTrainingAreThoseOfAnUnbrokenOne() throws IOException {
        RunDirectory broken = new RunDirectory(folder.resolve("broken"));
        assertThatThrownBy(() -> train(broken, 27, 0)).isInstanceOf(StoppedException.class);
        train(broken, -1, 0);
        RunDirectory whole = new RunDirectory(folder.resolve("whole"));
        train(whole, -1, 0);
        assertThat(Files.readAllLines(broken.metrics())).isEqualTo(Files.readAllLines(whole.metrics()));
    }
}
