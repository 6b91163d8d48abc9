package dev.glimpse.emit;

import dev.glimpse.onnx.OnnxGraph;
import dev.glimpse.onnx.Shape;
import dev.glimpse.onnx.Value;
import dev.glimpse.size.FusionSize;
import java.util.ArrayList;
import java.util.List;

/** Emits one post-norm BERT layer: {@code h = LN(x + Attention(x)); y = LN(h + FFN(h))}. */
record TransformerLayer(OnnxGraph g, ParameterSource parameters, FusionSize size, String name) {
    private static final double EPSILON = 1e-12;

    /** What attention works on, each (B, H, T, d); the query is already scaled by 1 / sqrt(d). */
    record Projection(Value query, Value key, Value value) {}

    /**
     * @param output (B, T, D)
     * @param probabilities (B, H, T, keys): attention of each head
     */
    record Result(Value output, Value probabilities) {}

    /** Query, key and value of x (B, T, D) in one matrix product. */
    Projection project(Value x) {
        Value heads = g.reshape(projected(x), Shape.BATCH, x.dim(1), 3L * size.heads(), size.headWidth());
        List<Value> parts = g.split(g.transpose(heads, 0, 2, 1, 3), 1, 3);
        return new Projection(parts.get(0), parts.get(1), parts.get(2));
    }

    /**
     * The same for each of few tokens on its own, which needs no transposition.
     *
     * @return one for each token, with values (B, 1, H, 1, d)
     */
    List<Projection> projectEach(Value x) {
        long tokens = x.dim(1);
        Value heads = g.reshape(projected(x), Shape.BATCH, 3 * tokens, size.heads(), 1, size.headWidth());
        List<Value> parts = g.split(heads, 1, (int) (3 * tokens));
        List<Projection> each = new ArrayList<>();
        for (int i = 0; i < parts.size(); i += 3) {
            each.add(new Projection(parts.get(i), parts.get(i + 1), parts.get(i + 2)));
        }
        return each;
    }

    /** Query, key and value side by side: (B, T, 3 D). */
    private Value projected(Value x) {
        int width = size.width();
        Value weight = g.weight(name + ".attention.qkv.weight", joinedWeight(), width, 3L * width);
        return g.add(g.matMul(x, weight), g.constant(joinedBias(), 3L * width));
    }

    /**
     * Attention and feed-forward of the tokens x.
     *
     * @param x (B, T, D)
     * @param query (B, H, T, d) of the same tokens; like keys and values it may have a dimension of 1 before H
     * @param keys (B, H, K, d) of all tokens that may be looked at
     * @param values (B, H, K, d)
     * @param mask broadcasts with (B, H, T, K): 0 keeps, -10000 drops
     */
    Result attend(Value x, Value query, Value keys, Value values, Value mask) {
        boolean flat = keys.rank() == 4;
        Value turned = flat ? g.transpose(keys, 0, 1, 3, 2) : g.transpose(keys, 0, 1, 2, 4, 3);
        Value probabilities = g.softmax(g.add(g.matMul(query, turned), mask), -1);
        Value looked = g.matMul(probabilities, values);
        Value context = flat ? g.transpose(looked, 0, 2, 1, 3) : g.transpose(looked, 0, 3, 1, 2, 4); // T before H
        Value merged = g.reshape(context, Shape.BATCH, x.dim(1), size.width());
        LinearEmitter linear = new LinearEmitter(g, parameters);
        NormEmitter norm = new NormEmitter(g, parameters, EPSILON);
        Value attended = linear.emit(merged, name + ".attention.output", size.width());
        Value h = norm.emit(g.add(x, attended), name + ".attention.norm");
        Value inner = g.gelu(linear.emit(h, name + ".ffn.in", size.feedForward()));
        Value y = norm.emit(g.add(h, linear.emit(inner, name + ".ffn.out", size.width())), name + ".ffn.norm");
        return new Result(y, probabilities);
    }

    /** Weights of query, key and value side by side: (D, 3 D). */
    private float[] joinedWeight() {
        int width = size.width();
        float[] query = scaled(parameters.get(name + ".attention.query.weight", width, width));
        float[] key = parameters.get(name + ".attention.key.weight", width, width);
        float[] value = parameters.get(name + ".attention.value.weight", width, width);
        float[] joined = new float[3 * width * width];
        for (int row = 0; row < width; row++) {
            System.arraycopy(query, row * width, joined, 3 * row * width, width);
            System.arraycopy(key, row * width, joined, (3 * row + 1) * width, width);
            System.arraycopy(value, row * width, joined, (3 * row + 2) * width, width);
        }
        return joined;
    }

    private float[] joinedBias() {
        int width = size.width();
        float[] joined = new float[3 * width];
        System.arraycopy(scaled(parameters.get(name + ".attention.query.bias", width)), 0, joined, 0, width);
        System.arraycopy(parameters.get(name + ".attention.key.bias", width), 0, joined, width, width);
        System.arraycopy(parameters.get(name + ".attention.value.bias", width), 0, joined, 2 * width, width);
        return joined;
    }

    private float[] scaled(float[] query) {
        float[] result = new float[query.length];
        for (int i = 0; i < query.length; i++) {
            result[i] = (float) (query[i] / Math.sqrt(size.headWidth()));
        }
        return result;
    }
}
