package dev.glimpse.emit;

import dev.glimpse.onnx.OnnxGraph;
import dev.glimpse.onnx.Shape;
import dev.glimpse.onnx.Value;
import dev.glimpse.onnx.Vision;
import dev.glimpse.size.DetectorSize;
import java.util.ArrayList;
import java.util.List;

/** Emits the region proposal network and the choice of its proposals. */
record Proposals(OnnxGraph g, ParameterSource parameters, DetectorSize size) {
    private static final double IOU = .7;
    private static final int ANCHORS = DetectorSize.ASPECT_RATIOS.size();

    /**
     * @param boxes (B, N, 4) pixels, clipped to the content
     * @param valid (B, N) 1 for a proposal, 0 for padding
     */
    record Result(Value boxes, Value valid) {}

    /**
     * @param levels maps (B, channels, h, w) of strides 4, 8, 16 and 32
     * @param content (B, 2) width and height in pixels
     */
    Result emit(List<Value> levels, Value content) {
        Value outputs = outputs(levels); // (B, positions, 3 + 12)
        Value objectness = g.reshape(g.slice(outputs, 2, 0, ANCHORS), Shape.BATCH, Anchors.count(size));
        Value deltas = g.reshape(g.slice(outputs, 2, ANCHORS, 5L * ANCHORS), Shape.BATCH, Anchors.count(size), 4);
        int first = Math.min(size.preNms(), Anchors.count(size));
        Value best = g.topK(objectness, first).indices(); // (B, first)
        Value anchors = g.gather(g.constant(Anchors.of(size), Anchors.count(size), 4), best, 0); // (B, first, 4)
        Value boxes = new BoxDecoder(g)
                .emit(g.slice(anchors, 2, 0, 2), g.slice(anchors, 2, 2, 4), g.rows(deltas, best), content);
        Suppression.Result kept = new Suppression(g).emit(boxes, g.filled(g.maximum(boxes, 2), 1), proposals(), IOU);
        return new Result(g.rows(boxes, kept.indices()), kept.valid());
    }

    private int proposals() {
        return Math.min(size.proposals(), Anchors.count(size));
    }

    /** Objectness and deltas of all levels in one 1x1 convolution per level: (B, positions, 3 + 12). */
    private Value outputs(List<Value> levels) {
        int channels = size.pyramidChannels();
        Value weight = g.weight(
                "rpn.weight",
                join(
                        parameters.get("rpn.objectness.weight", ANCHORS, channels, 1, 1),
                        parameters.get("rpn.deltas.weight", 4 * ANCHORS, channels, 1, 1)),
                5L * ANCHORS,
                channels,
                1,
                1);
        Value bias = g.constant(
                join(parameters.get("rpn.objectness.bias", ANCHORS), parameters.get("rpn.deltas.bias", 4 * ANCHORS)),
                5L * ANCHORS);
        List<Value> rows = new ArrayList<>();
        for (Value level : levels) {
            Value map = new Vision(g).convolution(level, weight, bias, 1, 1);
            long positions = level.dim(2) * level.dim(3);
            rows.add(g.reshape(g.transpose(map, 0, 2, 3, 1), Shape.BATCH, positions, 5L * ANCHORS));
        }
        return g.concat(1, rows);
    }

    private static float[] join(float[] a, float[] b) {
        float[] both = new float[a.length + b.length];
        System.arraycopy(a, 0, both, 0, a.length);
        System.arraycopy(b, 0, both, a.length, b.length);
        return both;
    }
}
