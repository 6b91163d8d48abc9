package dev.glimpse.emit;

import dev.glimpse.onnx.OnnxGraph;
import dev.glimpse.onnx.OnnxModel;
import dev.glimpse.onnx.OnnxType;
import dev.glimpse.onnx.Shape;
import dev.glimpse.onnx.Value;
import dev.glimpse.size.FusionSize;
import dev.glimpse.size.TokenLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Compiles {@code step.onnx}: the last finished token and [MASK] in, the logits of the next word out. Only these two
 * tokens are computed, in the last layer [MASK] alone; everything else is read from cached keys and values.
 *
 * <p>Columns of attention, in this order: L + R of the context, C cached caption tokens, then the two tokens themselves. The
 * cache holds the newest token in its last row; a step drops the first row and appends one.
 *
 * <p>At a batch of 1 the time of a step is mostly what an engine needs to start an operator: few operators are fast.
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
        List<Value> cachedKeys = layers(keys);
        List<Value> cachedValues = layers(values);
        List<Value> contextKeys = layers(cache("context_keys", layout.context()));
        List<Value> contextValues = layers(cache("context_values", layout.context()));
        Value mask = mask(position, g.input("context_mask", OnnxType.FLOAT, Shape.BATCH, layout.context()));

        Value x = embeddings.words(tokens, g.gather(places(), position, 0)); // (B, 2, D)
        List<Value> newKeys = new ArrayList<>();
        List<Value> newValues = new ArrayList<>();
        for (int i = 0; i < size.layers(); i++) {
            boolean last = i == size.layers() - 1;
            TransformerLayer layer = new TransformerLayer(g, parameters, size, "layer" + i);
            List<TransformerLayer.Projection> p = layer.projectEach(x);
            TransformerLayer.Projection finished = p.get(0);
            TransformerLayer.Projection masked = p.get(1);
            newKeys.add(finished.key());
            newValues.add(finished.value());
            TransformerLayer.Result result = layer.attend(
                    last ? g.slice(x, 1, 1, 2) : x,
                    last ? masked.query() : g.concat(3, finished.query(), masked.query()),
                    g.concat(3, contextKeys.get(i), cachedKeys.get(i), finished.key(), masked.key()),
                    g.concat(3, contextValues.get(i), cachedValues.get(i), finished.value(), masked.value()),
                    last ? g.slice(mask, 3, 1, 2) : mask);
            x = result.output();
            if (last) {
                Value attention = g.mean(result.probabilities(), 1, 2, 3); // (B, columns)
                g.output("attention", g.slice(attention, 1, 0, layout.context()));
            }
        }
        g.output("logits", logits(x));
        g.output("keys_out", extended(keys, newKeys));
        g.output("values_out", extended(values, newValues));
        return g.build();
    }

    private Value cache(String name, int length) {
        return g.input(name, OnnxType.FLOAT, Shape.BATCH, size.layers(), size.heads(), length, size.headWidth());
    }

    /** A cache (B, layers, H, n, d) as one (B, 1, H, n, d) for each layer. */
    private List<Value> layers(Value cache) {
        return g.split(cache, 1, size.layers());
    }

    /** Embeddings of positions t and t + 1 in segment 0, for each t: (C, 2, D). */
    private Value places() {
        int width = size.width();
        float[] table = embeddings.places(0);
        float[] pairs = new float[2 * layout.caption() * width];
        for (int t = 0; t < layout.caption(); t++) {
            System.arraycopy(table, t * width, pairs, 2 * t * width, 2 * width);
        }
        return g.constant(pairs, layout.caption(), 2, width);
    }

    /**
     * At position t the last t cached rows are seen, the others hold nothing yet; the finished token does not see [MASK].
     *
     * @param contextMask (B, L + R)
     * @return (B, 1, 1, 2, L + R + C + 2)
     */
    private Value mask(Value position, Value contextMask) {
        int caption = layout.caption();
        int context = layout.context();
        int columns = context + caption + 2;
        float[] table = new float[caption * 2 * columns]; // (C, 2, columns): what t, and which token looks, decide
        for (int t = 0; t < caption; t++) {
            for (int token = 0; token < 2; token++) {
                int row = (2 * t + token) * columns;
                Arrays.fill(table, row + context, row + context + caption - t, DROP);
            }
            table[2 * t * columns + columns - 1] = DROP;
        }
        Value own = g.gather(g.constant(table, caption, 1, 1, 2, columns), position, 0); // (1, 1, 1, 2, columns)
        Value wide = g.reshape(g.padded(contextMask, columns - context), Shape.BATCH, 1, 1, 1, columns);
        return g.add(wide, own);
    }

    /** Logits (B, V) of the word at [MASK], from its state (B, 1, D). */
    private Value logits(Value masked) {
        Value state = g.squeeze(masked, 1);
        Value transformed = g.gelu(new LinearEmitter(g, parameters).emit(state, "word.transform", size.width()));
        Value normed = new NormEmitter(g, parameters, 1e-12).emit(transformed, "word.norm");
        Value bias = g.constant(parameters.get("word.bias", size.vocabulary()), size.vocabulary());
        return g.linearTransposed(normed, embeddings.table(), bias);
    }

    /** The cache (B, layers, H, C, d) without its first row, and with that of the finished token behind the others. */
    private Value extended(Value cache, List<Value> row) {
        return g.slice(g.concat(3, cache, g.concat(1, row)), 3, 1, layout.caption() + 1L);
    }
}
