package dev.glimpse.detector;

import ai.djl.ndarray.NDArray;
import dev.glimpse.parameter.Weights;

/** Linear layers {@code x W + b}, W of shape (in, out). */
final class Linear {
    private Linear() {}

    /** x: (N, in). Result: (N, out). */
    static NDArray apply(NDArray x, Weights weights, String name) {
        return x.matMul(weights.get(name + ".weight")).add(weights.get(name + ".bias"));
    }
}
