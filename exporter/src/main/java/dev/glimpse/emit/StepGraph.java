package dev.glimpse.emit;

import dev.glimpse.onnx.OnnxGraph;
import dev.glimpse.onnx.OnnxModel;
import dev.glimpse.onnx.OnnxType;
import dev.glimpse.onnx.Shape;
import dev.glimpse.onnx.Value;
import dev.glimpse.size.FusionSize;
import dev.glimpse.size.TokenLayout;
import java.util.ArrayList;
import java.util.List;

/**
 * Compiles {@code step.onnx}: the last finished token and [MASK] in, the logits of the next word out. Only these two
 * tokens are computed; everything else is read from cached keys and values.
 *
 * <p>Columns of attention, in this order: C cached caption tokens, L + R of the context, then the two tokens themselves.
 */
public final class StepGraph {
    private static final float DROP = -10000;

    private final OnnxGraph g = new OnnxGraph("step");
    private final ParameterSource parameters;
    private final FusionSize size;
    private final TokenLayout layout;
    private final Embeddings embeddings;

    private StepGraph(ParameterSource parameters, FusionSize size, TokenLayout layout) {
        this.parameters = parameters;
        this.size = size;
        this.layout = layout;
        this.embeddings = new Embeddings(g, parameters, size);
    }

    /** The graph of a {@code student-caption} checkpoint. */
    public static OnnxModel of(Checkpoint checkpoint) {
        return of(checkpoint, checkpoint.fusionSize(), checkpoint.layout());
    }

    public static OnnxModel of(ParameterSource parameters, FusionSize size, TokenLayout layout) {
        return new StepGraph(parameters, size, layout).build();
    }

    private OnnxModel build() {
        Value tokens = g.input("tokens", OnnxType.INT64, Shape.BATCH, 2);
        Value position = g.input("position", OnnxType.INT64, 1);
        Value parent = g.input("parent", OnnxType.INT64, Shape.BATCH);
        Value keys = g.gather(cache("keys", layout.caption()), parent, 0); // (B, layers, H, C, d)
        Value values = g.gather(cache("values", layout.caption()), parent, 0);
        Value allKeys = g.concat(3, keys, cache("context_keys", layout.context()));
        Value allValues = g.concat(3, values, cache("context_values", layout.context()));
        Value contextMask = g.input("context_mask", OnnxType.FLOAT, Shape.BATCH, layout.context());
        Value mask = mask(position, contextMask, tokens);

        Value x = embeddings.words(tokens, places(position)); // (B, 2, D)
        List<Value> newKeys = new ArrayList<>();
        List<Value> newValues = new ArrayList<>();
        List<Value> attention = new ArrayList<>();
        for (int i = 0; i < size.layers(); i++) {
            TransformerLayer layer = new TransformerLayer(g, parameters, size, "layer" + i);
            TransformerLayer.Projection p = layer.project(x);
            newKeys.add(g.unsqueeze(g.slice(p.key(), 2, 0, 1), 1)); // (B, 1, H, 1, d) of the finished token
            newValues.add(g.unsqueeze(g.slice(p.value(), 2, 0, 1), 1));
            TransformerLayer.Result result =
                    layer.attend(x, p.query(), seen(allKeys, i, p.key()), seen(allValues, i, p.value()), mask);
            x = result.output();
            attention.add(result.probabilities());
        }
        g.output("logits", logits(x));
        g.output("keys_out", filled(keys, g.concat(1, newKeys), position));
        g.output("values_out", filled(values, g.concat(1, newValues), position));
        g.output("attention", onContext(attention.get(size.layers() - 1)));
        return g.build();
    }

    private Value cache(String name, int length) {
        return g.input(name, OnnxType.FLOAT, Shape.BATCH, size.layers(), size.heads(), length, size.headWidth());
    }

    /** Embeddings of positions t and t + 1 in segment 0: (2, D). */
    private Value places(Value position) {
        Value table = g.constant(embeddings.places(0), size.positions(), size.width());
        return g.gather(table, g.add(position, g.constant(new long[] {0, 1}, 2)), 0);
    }

    /** The cached entries of one layer, followed by those of the two tokens: (B, H, C + L + R + 2, d). */
    private Value seen(Value cached, int layer, Value own) {
        return g.concat(2, g.gather(cached, g.scalar((long) layer), 1), own);
    }

    /**
     * Cached rows before t are seen, later ones hold nothing yet; the finished token does not see [MASK].
     *
     * @return (B, 1, 2, C + L + R + 2)
     */
    private Value mask(Value position, Value contextMask, Value tokens) {
        Value perRow = g.reshape(g.filled(tokens, 0), Shape.BATCH, 1, 2, 1);
        Value written = g.less(g.constant(numbers(), layout.caption()), position);
        Value caption = g.where(written, g.scalar(0.0), g.scalar(DROP)); // (C)
        Value context = g.unsqueeze(g.unsqueeze(contextMask, 1), 1); // (B, 1, 1, L + R)
        Value own = g.constant(new float[] {0, DROP, 0, 0}, 1, 1, 2, 2);
        return g.concat(3, g.add(perRow, caption), g.add(perRow, context), g.add(perRow, own));
    }

    /** Logits (B, V) of the word at [MASK]. */
    private Value logits(Value x) {
        Value masked = g.gather(x, g.scalar(1L), 1); // (B, D)
        Value transformed = g.gelu(new LinearEmitter(g, parameters).emit(masked, "word.transform", size.width()));
        Value normed = new NormEmitter(g, parameters, 1e-12).emit(transformed, "word.norm");
        Value bias = g.constant(parameters.get("word.bias", size.vocabulary()), size.vocabulary());
        return g.linearTransposed(normed, embeddings.table(), bias);
    }

    /** Mean over heads of what [MASK] looks at in the context: (B, H, 2, columns) to (B, L + R). */
    private Value onContext(Value probabilities) {
        Value masked = g.gather(g.mean(probabilities, 1), g.scalar(1L), 1); // (B, columns)
        return g.slice(masked, 1, layout.caption(), (long) layout.caption() + layout.context());
    }

    /** The cache (B, layers, H, C, d) with the finished token's entries (B, layers, H, 1, d) in row t. */
    private Value filled(Value cached, Value row, Value position) {
        Value here = g.equal(g.constant(numbers(), 1, 1, 1, layout.caption(), 1), position);
        return g.where(here, row, cached);
    }

    private long[] numbers() {
        long[] numbers = new long[layout.caption()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = i;
        }
        return numbers;
    }
}
