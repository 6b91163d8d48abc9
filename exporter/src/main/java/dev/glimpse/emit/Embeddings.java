package dev.glimpse.emit;

import dev.glimpse.onnx.OnnxGraph;
import dev.glimpse.onnx.OnnxType;
import dev.glimpse.onnx.Value;
import dev.glimpse.size.FusionSize;
import java.util.Arrays;

/** Emits the inputs of the fusion transformer, from words and from regions, and their masks. */
record Embeddings(OnnxGraph g, ParameterSource parameters, FusionSize size) {
    private static final double WORD_EPSILON = 1e-12;
    private static final double REGION_EPSILON = 1e-5;
    private static final double DROP = -10000;

    /** The word table (V, D). */
    Value table() {
        return g.weight(
                "embeddings.word.weight",
                parameters.get("embeddings.word.weight", size.vocabulary(), size.width()),
                size.vocabulary(),
                size.width());
    }

    /** Position table plus one segment: (positions, D), row-major. */
    float[] places(int segment) {
        int width = size.width();
        float[] places = parameters
                .get("embeddings.position.weight", size.positions(), width)
                .clone();
        float[] segments = parameters.get("embeddings.segment.weight", 2, width);
        for (int i = 0; i < places.length; i++) {
            places[i] += segments[segment * width + i % width];
        }
        return places;
    }

    /**
     * Tokens (B, T) whose positions are {@code first} to {@code first + T - 1}.
     *
     * @return (B, T, D)
     */
    Value words(Value tokens, int first, int segment) {
        int length = Math.toIntExact(tokens.dim(1));
        int width = size.width();
        float[] here = Arrays.copyOfRange(places(segment), first * width, (first + length) * width);
        return words(tokens, g.constant(here, length, width));
    }

    /** Tokens (B, T) with position and segment embeddings (T, D) already looked up. */
    Value words(Value tokens, Value places) {
        Value sum = g.add(g.gather(table(), tokens, 0), places);
        return new NormEmitter(g, parameters, WORD_EPSILON).emit(sum, "embeddings.norm");
    }

    /**
     * @param boxes (B, R, 4) fractions
     * @param features (B, R, F)
     * @return (B, R, D)
     */
    Value regions(Value boxes, Value features) {
        Value sides = g.sub(g.slice(boxes, 2, 2, 4), g.slice(boxes, 2, 0, 2));
        Value input = g.concat(2, features, boxes, sides); // (B, R, F + 6)
        Value projected = new LinearEmitter(g, parameters).emit(input, "region.projection", size.width());
        return new NormEmitter(g, parameters, REGION_EPSILON).emit(projected, "region.norm");
    }

    /** (B, T): 0 for tokens, -10000 for [PAD], which is id 0. */
    Value wordMask(Value tokens) {
        return dropWhere(g.equal(tokens, g.scalar(0L)));
    }

    /** (B, R): 0 for regions, -10000 for rows of score 0. */
    Value regionMask(Value scores) {
        return dropWhere(g.less(scores, g.constant(new float[] {Float.MIN_NORMAL})));
    }

    private Value dropWhere(Value condition) {
        return g.mul(g.cast(condition, OnnxType.FLOAT), g.scalar(DROP));
    }
}
