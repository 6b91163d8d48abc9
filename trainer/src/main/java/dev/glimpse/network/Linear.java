package dev.glimpse.network;

import ai.djl.ndarray.NDArray;
import dev.glimpse.array.Cast;
import dev.glimpse.parameter.Weights;

/** {@code x W + b} in the precision of W. */
public final class Linear {
    private Linear() {}

    /**
     * Applies the layer {@code name}.
     *
     * @param x (..., in)
     * @return (..., out)
     */
    public static NDArray apply(Weights w, String name, NDArray x) {
        return of(x, w.get(name + ".weight").transpose(), w.get(name + ".bias"));
    }

    /**
     * Applies a layer whose weight is (out, in).
     *
     * @param x (..., in)
     * @return (..., out)
     */
    static NDArray of(NDArray x, NDArray weight, NDArray bias) {
        return ai.djl.nn.core.Linear.linear(Cast.like(x, weight), weight, bias).singletonOrThrow();
    }
}
