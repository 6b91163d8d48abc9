package dev.glimpse.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import dev.glimpse.array.Cast;
import dev.glimpse.parameter.Weights;

/** Layer normalisation over the last axis (Ba et al., arXiv 1607.06450). */
final class LayerNorm {
    /** Epsilon of the transformer's norms, as in BERT. */
    static final float TEXT = 1e-12f;
    /** Epsilon of the region embedding's norm. */
    static final float REGION = 1e-5f;

    private LayerNorm() {}

    /** Applies the norm {@code name} to (..., D), in 32 bits. */
    static NDArray apply(Weights w, String name, NDArray x, float epsilon) {
        NDArray scale = w.master(name + ".weight"); // (D)
        return ai.djl.nn.norm.LayerNorm.layerNorm(
                        Cast.wide(x), new Shape(scale.getShape().get(0)), scale, w.master(name + ".bias"), epsilon)
                .singletonOrThrow();
    }
}
