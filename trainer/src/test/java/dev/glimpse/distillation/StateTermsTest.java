package dev.glimpse.distillation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.glimpse.loss.AttentionMse;
import dev.glimpse.network.Fusion;
import dev.glimpse.network.FusionTensors;
import dev.glimpse.parameter.Parameters;
import dev.glimpse.seed.Seed;
import dev.glimpse.size.FusionSize;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class StateTermsTest {
    private static final FusionSize STUDENT = new FusionSize(1, 4, 2, 8, 20, 6, 5, 3);
    private static final Contrast CONTRAST = new Contrast(0.1, 4, 1);
    private static final TokenRows ROWS = new TokenRows(
            List.of(new TokenRows.Kind("caption", 2), new TokenRows.Kind("tags", 0), new TokenRows.Kind("regions", 3)),
            new long[] {0, 3, 2, 4, 5},
            new long[] {7, 8, 7, 8, 8},
            List.of(new int[] {2}, new int[] {3, 4}));

    @Test
    void kindsAddUpToWeightTimesTheMeanAndAbsentKindsAreLeftOut() {
        try (NDManager root = NDManager.newBaseManager()) {
            Map<String, NDArray> terms = terms(root, new TermWeights(3, 0, 0.5, 0, 0, 0), 1);
            assertThat(terms)
                    .containsOnlyKeys(
                            "attention caption", "attention regions", "hidden mse caption", "hidden mse regions");
            Fusion.Encoded student = encoded(root, 4, 1);
            Fusion.Encoded teacher = encoded(root, 6, 2);
            NDArray each = AttentionMse.perToken(student.attention(), teacher.attention(), root.create(ROWS.rows()));
            assertThat(sum(terms, "attention")).isCloseTo(3 * each.mean().getFloat(), within(1e-5f));
        }
    }

    @Test
    void squaredDistanceOfStatesFadesAway() {
        try (NDManager root = NDManager.newBaseManager()) {
            TermWeights fading = new TermWeights(0, 0, 1, 0.5, 0, 0);
            float full = sum(terms(root, new TermWeights(0, 0, 1, 0, 0, 0), 1), "hidden mse");
            assertThat(sum(terms(root, fading, 0.25), "hidden mse")).isCloseTo(full / 2, within(1e-5f));
            assertThat(terms(root, fading, 0.5)).isEmpty();
        }
    }

    @Test
    void queueFillsWithAFewTokensOfEachPicture() {
        try (NDManager root = NDManager.newBaseManager();
                StateTerms terms = new StateTerms(root, new TermWeights(0, 1, 0, 0, 0, 0), CONTRAST, 6)) {
            assertThat(terms.buffers()).isNotEmpty();
            compute(root, terms, 1);
            assertThat(terms.buffers().get(1).values("queue.place")).containsExactly(2, 2);
            compute(root, terms, 1);
            compute(root, terms, 1);
            assertThat(terms.buffers().get(1).values("queue.place")).containsExactly(2, 4);
            assertThat(terms.buffers().get(1).values("queue.owners")).containsExactly(7, 8, 7, 8);
        }
    }

    @Test
    void withoutAQueueTheStepsOwnTokensAreNegatives() {
        try (NDManager root = NDManager.newBaseManager();
                StateTerms terms =
                        new StateTerms(root, new TermWeights(0, 1, 0, 0, 0, 0), new Contrast(0.1, 0, 1), 6)) {
            assertThat(terms.buffers()).isEmpty();
            assertThat(sum(compute(root, terms, 1), "hidden")).isPositive();
        }
    }

    private static Map<String, NDArray> terms(NDManager root, TermWeights weights, double progress) {
        try (StateTerms terms = new StateTerms(root, weights, CONTRAST, 6)) {
            return compute(root, terms, progress);
        }
    }

    private static Map<String, NDArray> compute(NDManager root, StateTerms terms, double progress) {
        Parameters parameters = new Parameters(root, FusionTensors.projection(STUDENT, 6), new Seed(1));
        return terms.terms(
                parameters.constant(root.newSubManager()),
                encoded(root, 4, 1),
                encoded(root, 6, 2),
                ROWS,
                progress,
                new Seed(3));
    }

    /** Two samples of three tokens. */
    private static Fusion.Encoded encoded(NDManager root, int width, int seed) {
        NDArray states = numbers(root, seed, 2, 3, width);
        NDArray attention = numbers(root, seed + 10, 2, 2, 3, 3).softmax(3);
        NDArray heads = numbers(root, seed + 20, 2, 2, 3, width / 2);
        return new Fusion.Encoded(states, attention, heads, heads, heads, root.zeros(new Shape(1, 1, 1, 3)));
    }

    private static NDArray numbers(NDManager root, int seed, long... shape) {
        Shape s = new Shape(shape);
        float[] values = new float[(int) s.size()];
        Random random = new Random(seed);
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return root.create(values, s);
    }

    private static float sum(Map<String, NDArray> terms, String name) {
        float sum = 0;
        for (Map.Entry<String, NDArray> term : terms.entrySet()) {
            sum += term.getKey().startsWith(name) ? term.getValue().getFloat() : 0;
        }
        return sum;
    }
}
