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

/** Compiles {@code encode.onnx}: tags and regions in, their keys and values of every layer out. */
public final class EncodeGraph {
    private EncodeGraph() {}

    /** The graph of a {@code student-caption} checkpoint. */
    public static OnnxModel of(Checkpoint checkpoint) {
        return of(checkpoint, checkpoint.fusionSize(), checkpoint.layout());
    }

    public static OnnxModel of(ParameterSource parameters, FusionSize size, TokenLayout layout) {
        OnnxGraph g = new OnnxGraph("encode");
        Value tags = g.input("tags", OnnxType.INT64, Shape.BATCH, layout.tags());
        RegionInputs regions = RegionInputs.of(g, layout.regions(), size.regionFeature());
        Embeddings embeddings = new Embeddings(g, parameters, size);
        Value x = g.concat(
                1,
                embeddings.words(tags, layout.caption(), 1),
                embeddings.regions(regions.boxes(), regions.features())); // (B, L + R, D)
        Value mask = g.concat(1, embeddings.wordMask(tags), embeddings.regionMask(regions.scores()));
        Value attentionMask = g.unsqueeze(g.unsqueeze(mask, 1), 1); // (B, 1, 1, L + R)
        List<Value> keys = new ArrayList<>();
        List<Value> values = new ArrayList<>();
        for (int i = 0; i < size.layers(); i++) {
            TransformerLayer layer = new TransformerLayer(g, parameters, size, "layer" + i);
            TransformerLayer.Projection p = layer.project(x);
            keys.add(p.key());
            values.add(p.value());
            if (i + 1 < size.layers()) { // nobody looks at the last layer's own output
                x = layer.attend(x, p.query(), p.key(), p.value(), attentionMask)
                        .output();
            }
        }
        g.output("context_keys", byLayer(g, size, keys));
        g.output("context_values", byLayer(g, size, values));
        g.output("context_mask", mask);
        return g.build();
    }

    /** Each (B, H, T, d), one after the other: (B, layers, H, T, d). */
    private static Value byLayer(OnnxGraph g, FusionSize size, List<Value> layers) {
        Value all = g.concat(1, layers);
        return g.reshape(all, Shape.BATCH, size.layers(), size.heads(), all.dim(2), size.headWidth());
    }
}
