package dev.glimpse.network;

import ai.djl.ndarray.NDArray;
import dev.glimpse.parameter.Weights;

/** {@code x W + b}. */
public final class Linear {
    private Linear() {}

    /**
     * Applies the layer {@code name}.
     *
     * @param x (..., in)
     * @return (..., out)
     */
    public static NDArray apply(Weights w, String name, NDArray x) {
        return ai.djl.nn.core.Linear.linear(x, w.get(name + ".weight").transpose(), w.get(name + ".bias"))
                .singletonOrThrow();
    }
}
