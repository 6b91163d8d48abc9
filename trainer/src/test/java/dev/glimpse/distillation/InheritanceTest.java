package dev.glimpse.distillation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import dev.glimpse.error.UserError;
import dev.glimpse.network.FusionTensors;
import dev.glimpse.parameter.Parameters;
import dev.glimpse.safetensors.FloatTensor;
import dev.glimpse.seed.Seed;
import dev.glimpse.size.FusionSize;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class InheritanceTest {
    private static final FusionSize TEACHER = new FusionSize(4, 8, 2, 12, 20, 6, 5, 3);

    @Test
    void ofEqualWidthEverySecondLayerIsTakenAndWhateverElseFits() {
        FusionSize student = new FusionSize(2, 8, 2, 12, 20, 6, 7, 3); // other regions
        Map<String, FloatTensor> old = tensors(TEACHER, 1);
        Map<String, FloatTensor> random = tensors(student, 2);
        Map<String, FloatTensor> first = Inheritance.of(old, TEACHER, random, student);
        assertThat(first).containsOnlyKeys(random.keySet());
        assertThat(data(first, "layer0.ffn.in.weight")).isSameAs(data(old, "layer1.ffn.in.weight"));
        assertThat(data(first, "layer1.ffn.in.weight")).isSameAs(data(old, "layer3.ffn.in.weight"));
        assertThat(data(first, "embeddings.word.weight")).isSameAs(data(old, "embeddings.word.weight"));
        assertThat(data(first, "region.projection.weight")).isSameAs(data(random, "region.projection.weight"));
    }

    @Test
    void narrowerStudentKeepsInnerProductsOfWordsThatSpanFewDirections() {
        FusionSize student = new FusionSize(2, 4, 2, 8, 20, 6, 5, 3);
        Map<String, FloatTensor> old = tensors(TEACHER, 1);
        float[] words = data(old, "embeddings.word.weight");
        for (int v = 0; v < 20; v++) { // columns 4 to 7 repeat columns 0 to 3: rank 4
            System.arraycopy(words, 8 * v, words, 8 * v + 4, 4);
        }
        Map<String, FloatTensor> random = tensors(student, 2);
        Map<String, FloatTensor> first = Inheritance.of(old, TEACHER, random, student);
        float[] narrow = data(first, "embeddings.word.weight");
        for (int v = 0; v < 20; v++) {
            for (int w = 0; w < 20; w++) {
                assertThat(dot(narrow, v, w, 4)).isCloseTo(dot(words, v, w, 8), within(1e-6));
            }
        }
        assertThat(data(first, "layer0.ffn.in.weight")).isSameAs(data(random, "layer0.ffn.in.weight"));
    }

    @Test
    void widerStudentIsRefused() {
        FusionSize student = new FusionSize(2, 16, 2, 12, 20, 6, 5, 3);
        assertThatThrownBy(() -> Inheritance.of(tensors(TEACHER, 1), TEACHER, tensors(student, 2), student))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("2 layers of width 16 cannot begin with a teacher of 4 layers of width 8")
                .hasMessageContaining("pretrain.initialise");
    }

    @Test
    void eigenvectorsComeByFallingEigenvalue() {
        double[][] vectors = Eigen.vectors(new double[][] {{2, 1, 0}, {1, 2, 0}, {0, 0, 2.5}});
        double half = Math.sqrt(0.5);
        assertThat(Math.abs(vectors[0][0] * half + vectors[0][1] * half)).isCloseTo(1, within(1e-12)); // value 3
        assertThat(Math.abs(vectors[1][2])).isCloseTo(1, within(1e-12)); // value 2.5
        assertThat(Math.abs(vectors[2][0] * half - vectors[2][1] * half)).isCloseTo(1, within(1e-12)); // value 1
    }

    private static Map<String, FloatTensor> tensors(FusionSize size, long seed) {
        try (NDManager root = NDManager.newBaseManager();
                Parameters parameters = new Parameters(root, FusionTensors.pretraining(size), new Seed(seed))) {
            return parameters.tensors();
        }
    }

    private static float[] data(Map<String, FloatTensor> tensors, String name) {
        return Objects.requireNonNull(tensors.get(name)).data();
    }

    private static double dot(float[] table, int v, int w, int width) {
        double sum = 0;
        for (int d = 0; d < width; d++) {
            sum += (double) table[v * width + d] * table[w * width + d];
        }
        return sum;
    }
}
