package dev.glimpse.parameter;

import dev.glimpse.seed.Seed;
import java.util.Arrays;
import java.util.Random;

/** How a tensor is filled before training. */
public sealed interface Init {
    /** The same value everywhere. */
    record Constant(float value) implements Init {}

    /** Independent normal values of mean 0. */
    record Normal(double deviation) implements Init {}

    static Init zeros() {
        return new Constant(0);
    }

    static Init ones() {
        return new Constant(1);
    }

    /**
     * Normal with deviation sqrt(2 / fanIn), for layers followed by ReLU or swish (He et al., arXiv 1502.01852).
     *
     * @param fanIn inputs of one output, such as in / groups x height x width of a convolution
     */
    static Init he(long fanIn) {
        return new Normal(Math.sqrt(2.0 / fanIn));
    }

    /** Fills values[from, to). */
    default void fill(float[] values, int from, int to, Seed seed) {
        if (this instanceof Constant constant) {
            Arrays.fill(values, from, to, constant.value);
        } else if (this instanceof Normal normal) {
            Random random = seed.random();
            for (int i = from; i < to; i++) {
                values[i] = (float) (normal.deviation * random.nextGaussian());
            }
        }
    }
}
