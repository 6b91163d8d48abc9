package dev.glimpse.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.util.function.Function;

/** Compares gradients with central differences. */
final class Differences {
    private static final float H = 1e-2f;

    private Differences() {}

    /** Checks d loss / d x at {@code values} for every element. */
    static void agree(NDManager root, float[] values, Shape shape, Function<NDArray, NDArray> loss, double tolerance) {
        float[] gradient;
        try (NDManager step = root.newSubManager();
                GradientCollector collector = Engine.getInstance().newGradientCollector()) {
            NDArray x = step.create(values, shape);
            x.setRequiresGradient(true);
            collector.backward(loss.apply(x));
            gradient = x.getGradient().toFloatArray();
        }
        for (int i = 0; i < values.length; i++) {
            double slope = (at(root, values, shape, loss, i, H) - at(root, values, shape, loss, i, -H)) / (2 * H);
            assertThat((double) gradient[i]).as("element %d", i).isCloseTo(slope, within(tolerance));
        }
    }

    private static double at(
            NDManager root, float[] values, Shape shape, Function<NDArray, NDArray> loss, int element, float change) {
        try (NDManager step = root.newSubManager()) {
            float[] moved = values.clone();
            moved[element] += change;
            return loss.apply(step.create(moved, shape)).getFloat();
        }
    }
}
