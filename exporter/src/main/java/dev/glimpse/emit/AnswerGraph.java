package dev.glimpse.emit;

import dev.glimpse.onnx.OnnxGraph;
import dev.glimpse.onnx.OnnxModel;
import dev.glimpse.onnx.OnnxType;
import dev.glimpse.onnx.Shape;
import dev.glimpse.onnx.Value;
import dev.glimpse.size.FusionSize;
import dev.glimpse.size.TokenLayout;

/**
 * Compiles {@code answer.onnx}: a question and regions in, answer logits and the regions looked at out.
 *
 * <p>The last layer, whose attention is an output too, works in five dimensions. In four TensorRT takes it for attention that it
 * can compute as one, and version 10.6 then gives wrong values to what comes after it.
 */
public final class AnswerGraph {
    private AnswerGraph() {}

    /** The graph of a {@code student-vqa} checkpoint. */
    public static OnnxModel of(Checkpoint checkpoint) {
        return of(checkpoint, checkpoint.fusionSize(), checkpoint.layout());
    }

    public static OnnxModel of(ParameterSource parameters, FusionSize size, TokenLayout layout) {
        OnnxGraph g = new OnnxGraph("answer");
        Value question = g.input("question", OnnxType.INT64, Shape.BATCH, layout.question());
        RegionInputs regions = RegionInputs.of(g, layout.regions(), size.regionFeature());
        Embeddings embeddings = new Embeddings(g, parameters, size);
        Value x =
                g.concat(1, embeddings.words(question, 0, 0), embeddings.regions(regions.boxes(), regions.features()));
        Value keep = g.concat(1, embeddings.wordMask(question), embeddings.regionMask(regions.scores()));
        Value mask = g.unsqueeze(g.unsqueeze(keep, 1), 1); // (B, 1, 1, Q + R)
        for (int i = 0; i + 1 < size.layers(); i++) {
            TransformerLayer layer = new TransformerLayer(g, parameters, size, "layer" + i);
            TransformerLayer.Projection p = layer.project(x);
            x = layer.attend(x, p.query(), p.key(), p.value(), mask).output();
        }
        TransformerLayer last = new TransformerLayer(g, parameters, size, "layer" + (size.layers() - 1));
        TransformerLayer.Projection p = last.project(x);
        TransformerLayer.Result cls = last.attend( // only [CLS] is asked for
                g.slice(x, 1, 0, 1),
                g.unsqueeze(g.slice(p.query(), 2, 0, 1), 1),
                g.unsqueeze(p.key(), 1),
                g.unsqueeze(p.value(), 1),
                g.unsqueeze(mask, 1));
        LinearEmitter linear = new LinearEmitter(g, parameters);
        Value pooled = g.tanh(linear.emit(g.squeeze(cls.output(), 1), "pooler", size.width())); // (B, D)
        g.output("logits", linear.emit(pooled, "answer", size.answers()));
        Value attention = g.mean(cls.probabilities(), 1, 2, 3); // (B, Q + R)
        g.output("evidence", g.slice(attention, 1, layout.question(), (long) layout.question() + layout.regions()));
        return g.build();
    }
}
