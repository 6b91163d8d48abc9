package dev.glimpse.network;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Activation;
import dev.glimpse.array.Cast;
import dev.glimpse.array.Scalar;
import dev.glimpse.parameter.Weights;

/**
 * One post-norm BERT layer: {@code h = LN(x + Attention(x)); y = LN(h + FFN(h))}.
 *
 * @param name prefix of its tensors, such as {@code layer0}
 * @param hidden dropout after attention and after the feed-forward layer
 * @param attention dropout of the attention distributions
 */
record TransformerLayer(Weights w, String name, int heads, Dropout hidden, Dropout attention) {
    /** Queries (scaled by 1 / sqrt(d)), keys and values, each (B, H, T, d). */
    record Projection(NDArray query, NDArray key, NDArray value) {}

    /**
     * A layer's result.
     *
     * @param output (B, T, D)
     * @param attention (B, H, T, K): distributions over K keys, before dropout
     */
    record Attended(NDArray output, NDArray attention) {}

    Projection project(NDArray x) {
        double scale = 1 / Math.sqrt((double) x.getShape().get(2) / heads);
        return new Projection(
                split(Scalar.times(linear("query", x), scale)), split(linear("key", x)), split(linear("value", x)));
    }

    /**
     * Attends and feeds forward.
     *
     * @param x (B, T, D): the queries' own states
     * @param query (B, H, T, d), scaled
     * @param key (B, H, K, d)
     * @param value (B, H, K, d)
     * @param mask broadcasts to (B, H, T, K): 0 keeps, -10000 drops
     */
    Attended attend(NDArray x, NDArray query, NDArray key, NDArray value, NDArray mask) {
        NDArray distribution = query.matMul(key.transpose(0, 1, 3, 2)).add(mask).softmax(-1); // (B, H, T, K), 32 bits
        NDArray used = Cast.like(attention.apply(distribution), value);
        NDArray context = merge(used.matMul(value)); // (B, T, D)
        NDArray h = norm("attention.norm", x.add(hidden.apply(linear("output", context))));
        NDArray inner = Activation.gelu(Linear.apply(w, name + ".ffn.in", h)); // (B, T, FF)
        NDArray y = norm("ffn.norm", h.add(hidden.apply(Linear.apply(w, name + ".ffn.out", inner))));
        return new Attended(y, distribution);
    }

    /** Every token of x attends to all tokens of x that the mask keeps. */
    Attended attend(NDArray x, NDArray mask) {
        Projection p = project(x);
        return attend(x, p.query, p.key, p.value, mask);
    }

    private NDArray linear(String which, NDArray x) {
        return Linear.apply(w, name + ".attention." + which, x);
    }

    private NDArray norm(String which, NDArray x) {
        return LayerNorm.apply(w, name + "." + which, x, LayerNorm.TEXT);
    }

    /** (B, T, D) to (B, H, T, d). */
    private NDArray split(NDArray x) {
        long b = x.getShape().get(0);
        long t = x.getShape().get(1);
        return x.reshape(b, t, heads, -1).transpose(0, 2, 1, 3);
    }

    /** (B, H, T, d) to (B, T, D). */
    private static NDArray merge(NDArray x) {
        long b = x.getShape().get(0);
        long t = x.getShape().get(2);
        return x.transpose(0, 2, 1, 3).reshape(b, t, -1);
    }
}
