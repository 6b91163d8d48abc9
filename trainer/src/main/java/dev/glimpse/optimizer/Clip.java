package dev.glimpse.optimizer;

import ai.djl.ndarray.NDArray;

/** Bounds on gradients. */
public final class Clip {
    private Clip() {}

    /**
     * Scales a gradient in place so that its Euclidean norm is at most {@code limit}.
     *
     * @param gradient (P)
     * @return the norm before; NaN or infinite when the gradient is, which is then left as it is
     */
    public static float toNorm(NDArray gradient, double limit) {
        float norm = (float) Math.sqrt(gradient.square().sum().getFloat());
        if (Float.isFinite(norm) && norm > limit) {
            gradient.muli((float) (limit / norm));
        }
        return norm;
    }
}
