package dev.glimpse.parameter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import dev.glimpse.error.UserError;
import dev.glimpse.safetensors.SafetensorsReader;
import dev.glimpse.safetensors.SafetensorsWriter;
import dev.glimpse.seed.Seed;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParametersTest {
    private static final List<ParameterSpec> SPECS = List.of(
            ParameterSpec.weight("a.weight", new Init.Normal(1), 2, 3), ParameterSpec.bias("a.bias", Init.ones(), 3));

    @Test
    void gradientArrivesInOneFlatArrayInTheOrderOfTheTensors() {
        try (NDManager root = NDManager.newBaseManager();
                Parameters parameters = new Parameters(root, SPECS, new Seed(1));
                NDManager step = root.newSubManager();
                GradientCollector collector = Engine.getInstance().newGradientCollector()) {
            Weights w = parameters.trainable(step);
            NDArray x = step.create(new float[][] {{2, 5}});
            collector.backward(x.matMul(w.get("a.weight")).add(w.get("a.bias")).sum());
            assertThat(w.gradient().toFloatArray()).containsExactly(2, 2, 2, 5, 5, 5, 1, 1, 1);
        }
    }

    @Test
    void viewsMadeOutsideAGradientCollectorAreRefused() {
        try (NDManager root = NDManager.newBaseManager();
                Parameters parameters = new Parameters(root, SPECS, new Seed(1));
                NDManager step = root.newSubManager()) {
            assertThatThrownBy(() -> parameters.trainable(step)).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void gradientsOfTwoStepsDoNotAddUp() {
        try (NDManager root = NDManager.newBaseManager();
                Parameters parameters = new Parameters(root, SPECS, new Seed(1))) {
            for (int i = 0; i < 2; i++) {
                try (NDManager step = root.newSubManager();
                        GradientCollector collector = Engine.getInstance().newGradientCollector()) {
                    Weights w = parameters.trainable(step);
                    collector.backward(w.get("a.bias").sum());
                    assertThat(w.gradient().toFloatArray()).containsExactly(0, 0, 0, 0, 0, 0, 1, 1, 1);
                }
            }
        }
    }

    @Test
    void stepsLeaveNothingBehindInTheManagers() {
        try (NDManager root = NDManager.newBaseManager();
                Parameters parameters = new Parameters(root, SPECS, new Seed(1))) {
            int before = root.getManagedArrays().size();
            for (int i = 0; i < 50; i++) {
                try (NDManager step = root.newSubManager();
                        GradientCollector collector = Engine.getInstance().newGradientCollector()) {
                    Weights w = parameters.trainable(step);
                    collector.backward(w.get("a.weight").sum());
                    parameters.flat().subi(w.gradient());
                    try (NDManager inner = step.newSubManager()) {
                        parameters.constant(inner).get("a.bias").mul(2);
                    }
                    parameters.constant(step).get("a.bias").mul(2);
                }
            }
            assertThat(root.getManagedArrays()).hasSize(before);
        }
    }

    @Test
    void initialValuesDependOnSeedAndNameOnly() {
        try (NDManager root = NDManager.newBaseManager();
                Parameters one = new Parameters(root, SPECS, new Seed(1));
                Parameters reversed = new Parameters(root, List.of(SPECS.get(1), SPECS.get(0)), new Seed(1));
                Parameters other = new Parameters(root, SPECS, new Seed(2))) {
            float[] a = one.values("a.weight");
            assertThat(reversed.values("a.weight")).containsExactly(a);
            assertThat(other.values("a.weight")).isNotEqualTo(a);
            assertThat(one.values("a.bias")).containsExactly(1, 1, 1);
        }
    }

    @Test
    void savedTensorsComeBackAndMisfitsAreAllListed(@TempDir Path folder) {
        Path file = folder.resolve("x.safetensors");
        try (NDManager root = NDManager.newBaseManager();
                Parameters saved = new Parameters(root, SPECS, new Seed(1));
                Parameters loaded = new Parameters(root, SPECS, new Seed(2));
                Parameters other = new Parameters(
                        root,
                        List.of(
                                ParameterSpec.weight("a.weight", Init.zeros(), 3, 2),
                                ParameterSpec.bias("b.bias", Init.zeros(), 3)),
                        new Seed(1))) {
            SafetensorsWriter.write(file, Map.of(), saved.tensors());
            try (SafetensorsReader reader = SafetensorsReader.open(file)) {
                loaded.load(reader, file);
                assertThat(loaded.flat().toFloatArray())
                        .containsExactly(saved.flat().toFloatArray());
                assertThatThrownBy(() -> other.load(reader, file))
                        .isInstanceOf(UserError.class)
                        .hasMessageContaining("a.weight has shape [2, 3] instead of [3, 2]")
                        .hasMessageContaining("b.bias is missing");
            }
        }
    }

    @Test
    void statisticsWrittenThroughAViewStay() {
        try (NDManager root = NDManager.newBaseManager();
                Buffers buffers = new Buffers(root, List.of(ParameterSpec.bias("norm.mean", Init.zeros(), 2)))) {
            try (NDManager step = root.newSubManager()) {
                buffers.views(step).get("norm.mean").addi(3);
            }
            assertThat(buffers.values("norm.mean")).containsExactly(3, 3);
        }
    }
}
