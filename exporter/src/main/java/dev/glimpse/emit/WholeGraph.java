package dev.glimpse.emit;

import dev.glimpse.onnx.OnnxGraph;
import dev.glimpse.onnx.OnnxModel;
import dev.glimpse.onnx.OnnxType;
import dev.glimpse.onnx.Shape;
import dev.glimpse.onnx.Value;
import dev.glimpse.size.FusionSize;
import dev.glimpse.size.TokenLayout;

/**
 * The captioning transformer without caches, as a reference to test and measure against, in no bundle: all tokens, tags and
 * regions in, the logits of the word at [MASK] out. Its last layer computes [MASK] only.
 */
public final class WholeGraph {
    private static final float DROP = -10000;

    private WholeGraph() {}

    /** Inputs tokens (B, C), place (1) of [MASK], tags, boxes, scores and features; output logits (B, V). */
    public static OnnxModel of(ParameterSource parameters, FusionSize size, TokenLayout layout) {
        OnnxGraph g = new OnnxGraph("whole");
        Value tokens = g.input("tokens", OnnxType.INT64, Shape.BATCH, layout.caption());
        Value place = g.input("place", OnnxType.INT64, 1);
        Value tags = g.input("tags", OnnxType.INT64, Shape.BATCH, layout.tags());
        RegionInputs regions = RegionInputs.of(g, layout.regions(), size.regionFeature());
        Embeddings embeddings = new Embeddings(g, parameters, size);
        Value x = g.concat(
                1,
                embeddings.words(tokens, 0, 0),
                embeddings.words(tags, layout.caption(), 1),
                embeddings.regions(regions.boxes(), regions.features()));
        Value keep = g.concat(
                1,
                g.mul(embeddings.wordMask(tokens), g.scalar(0.0)),
                embeddings.wordMask(tags),
                embeddings.regionMask(regions.scores()));
        Value mask = g.add(g.unsqueeze(g.unsqueeze(keep, 1), 1), causal(g, layout)); // (B, 1, T, T)
        for (int i = 0; i + 1 < size.layers(); i++) {
            TransformerLayer layer = new TransformerLayer(g, parameters, size, "layer" + i);
            TransformerLayer.Projection p = layer.project(x);
            x = layer.attend(x, p.query(), p.key(), p.value(), mask).output();
        }
        TransformerLayer last = new TransformerLayer(g, parameters, size, "layer" + (size.layers() - 1));
        TransformerLayer.Projection p = last.project(x);
        Value masked = g.squeeze(
                last.attend(
                                g.gather(x, place, 1),
                                g.gather(p.query(), place, 2),
                                p.key(),
                                p.value(),
                                g.gather(mask, place, 2))
                        .output(),
                1);
        Value transformed = g.gelu(new LinearEmitter(g, parameters).emit(masked, "word.transform", size.width()));
        Value normed = new NormEmitter(g, parameters, 1e-12).emit(transformed, "word.norm");
        Value bias = g.constant(parameters.get("word.bias", size.vocabulary()), size.vocabulary());
        g.output("logits", g.linearTransposed(normed, embeddings.table(), bias));
        return g.build();
    }

    /** Caption row i sees caption columns 0 to i and the context; the context sees itself: (1, 1, T, T). */
    private static Value causal(OnnxGraph g, TokenLayout layout) {
        int caption = layout.caption();
        int all = caption + layout.context();
        float[] mask = new float[all * all];
        for (int row = 0; row < all; row++) {
            for (int column = 0; column < caption; column++) {
                mask[row * all + column] = row < caption && column <= row ? 0 : DROP;
            }
        }
        return g.constant(mask, 1, 1, all, all);
    }
}
