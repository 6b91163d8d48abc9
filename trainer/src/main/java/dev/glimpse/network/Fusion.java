package dev.glimpse.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.nn.Activation;
import dev.glimpse.array.Cast;
import dev.glimpse.parameter.Weights;
import dev.glimpse.size.FusionSize;

/**
 * The fusion transformer: text and regions in, states out, heads on the states. States, distributions and logits are 32 bits
 * wide whatever the precision of the weights.
 *
 * @param w its tensors, for one step
 * @param hidden dropout of embeddings and sub-layers; {@link Dropout#OFF} for evaluation
 * @param attention dropout of attention distributions
 */
public record Fusion(FusionSize size, Weights w, Dropout hidden, Dropout attention) {
    /**
     * States of all tokens.
     *
     * @param states (B, T, D), of the last layer
     * @param attention (B, H, T, T): the last layer's distributions, before dropout
     * @param query (B, H, T, d): the last layer's queries, scaled by 1 / sqrt(d)
     * @param key (B, H, T, d): its keys
     * @param value (B, H, T, d): its values
     * @param mask broadcasts to (B, H, T, T): what attention was masked with
     */
    public record Encoded(NDArray states, NDArray attention, NDArray query, NDArray key, NDArray value, NDArray mask) {}

    /** A transformer for evaluation. */
    public static Fusion evaluating(FusionSize size, Weights w) {
        return new Fusion(size, w, Dropout.OFF, Dropout.OFF);
    }

    /**
     * Embeds text.
     *
     * @param tokens (B, T) int64
     * @param first position of the first token
     * @param segment 0 for captions and questions, 1 for tags
     * @return (B, T, D)
     */
    public NDArray text(NDArray tokens, int first, int segment) {
        long length = tokens.getShape().get(1);
        NDArray position = w.master("embeddings.position.weight").get(new NDIndex("{}:{}", first, first + length));
        NDArray segments = w.master("embeddings.segment.weight").get(new NDIndex("{}:{}", segment, segment + 1));
        NDArray sum = Rows.of(w.master("embeddings.word.weight"), tokens).add(position.add(segments)); // (B, T, D)
        return hidden.apply(LayerNorm.apply(w, "embeddings.norm", sum, LayerNorm.TEXT));
    }

    /**
     * Embeds regions.
     *
     * @param regions (B, R, F + 6): feature, then x1, y1, x2, y2, width, height as fractions of the picture
     * @return (B, R, D)
     */
    public NDArray regions(NDArray regions) {
        NDArray projected = Linear.apply(w, "region.projection", regions);
        return hidden.apply(LayerNorm.apply(w, "region.norm", projected, LayerNorm.REGION));
    }

    /**
     * Runs all layers over tokens of several kinds side by side.
     *
     * @param parts (B, T_i, D) each
     * @param mask broadcasts to (B, H, T, T): 0 keeps, -10000 drops
     */
    public Encoded encode(NDArray mask, NDArray... parts) {
        NDArray x = parts.length == 1 ? parts[0] : NDArrays.concat(new NDList(parts), 1); // (B, T, D)
        for (int i = 0; i < size.layers() - 1; i++) {
            x = layer(i).attend(x, mask).output();
        }
        TransformerLayer last = layer(size.layers() - 1);
        TransformerLayer.Projection p = last.project(x);
        TransformerLayer.Attended attended = last.attend(x, p.query(), p.key(), p.value(), mask);
        return new Encoded(
                attended.output(),
                attended.attention(),
                Cast.wide(p.query()),
                Cast.wide(p.key()),
                Cast.wide(p.value()),
                mask);
    }

    TransformerLayer layer(int i) {
        return new TransformerLayer(w, "layer" + i, size.heads(), hidden, attention);
    }

    /**
     * Rows of states by their place in (B x T).
     *
     * @param states (B, T, D)
     * @param places (N) int64: b T + t
     * @return (N, D)
     */
    public static NDArray select(NDArray states, NDArray places) {
        return Rows.of(states.reshape(-1, states.getShape().get(2)), places);
    }

    /**
     * Scores of all words at some states: transform, GELU, norm, times the word table.
     *
     * @param states (N, D)
     * @return logits (N, V)
     */
    public NDArray words(NDArray states) {
        NDArray transformed = Activation.gelu(Linear.apply(w, "word.transform", states));
        NDArray normed = LayerNorm.apply(w, "word.norm", transformed, LayerNorm.TEXT);
        return Cast.wide(Linear.of(normed, w.get("embeddings.word.weight"), w.get("word.bias")));
    }

    /**
     * Whether tags and picture belong together.
     *
     * @param states (B, T, D) with [CLS] first
     * @return logits (B, 2); index 1 says yes
     */
    public NDArray matching(NDArray states) {
        return Cast.wide(Linear.apply(w, "matching", pooled(states)));
    }

    /**
     * Scores of all answers.
     *
     * @param states (B, T, D) with [CLS] first
     * @return logits (B, A)
     */
    public NDArray answers(NDArray states) {
        return Cast.wide(Linear.apply(w, "answer", hidden.apply(pooled(states))));
    }

    private NDArray pooled(NDArray states) {
        return Linear.apply(w, "pooler", states.get(":, 0")).tanh(); // (B, D)
    }
}
