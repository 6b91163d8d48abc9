package dev.glimpse.parameter;

import ai.djl.ndarray.types.Shape;

/**
 * One named tensor of a network.
 *
 * @param name name as in docs/networks.md
 * @param shape its dimensions
 * @param init how it is filled before training
 * @param decay whether weight decay pulls it towards zero; false for biases, norms and running statistics
 */
public record ParameterSpec(String name, Shape shape, Init init, boolean decay) {
    /** A tensor that decays, such as a matrix or a kernel. */
    public static ParameterSpec weight(String name, Init init, long... shape) {
        return new ParameterSpec(name, new Shape(shape), init, true);
    }

    /** A tensor that does not decay, such as a bias or a norm's scale. */
    public static ParameterSpec bias(String name, Init init, long... shape) {
        return new ParameterSpec(name, new Shape(shape), init, false);
    }

    int size() {
        return Math.toIntExact(shape.size());
    }
}
