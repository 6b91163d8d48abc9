package dev.glimpse.emit;

import dev.glimpse.onnx.OnnxGraph;
import dev.glimpse.onnx.OnnxType;
import dev.glimpse.onnx.Value;
import dev.glimpse.onnx.Vision;

/** Emits suppression with a fixed number of results: kept boxes first, in order, then others that are marked invalid. */
record Suppression(OnnxGraph g) {
    /**
     * @param indices (B, most) places in the input
     * @param valid (B, most) 1 where the place was kept, else 0
     */
    record Result(Value indices, Value valid) {}

    /**
     * @param boxes (B, n, 4) by falling score
     * @param wanted (B, n) 1 where a box counts, 0 where it is only padding; padding comes last
     * @param most how many results
     * @param iou a box is dropped when it overlaps an earlier kept one by more
     */
    Result emit(Value boxes, Value wanted, int most, double iou) {
        int n = Math.toIntExact(boxes.dim(1));
        Value kept = g.mul(g.cast(new Vision(g).kept(boxes, most, iou), OnnxType.FLOAT), wanted);
        float[] order = new float[n]; // in (0, 1], falling: kept ones are above 1, and each group stays in order
        for (int i = 0; i < n; i++) {
            order[i] = (float) (n - i) / n;
        }
        Value key = g.add(g.mul(kept, g.scalar(2.0)), g.constant(order, 1, n));
        OnnxGraph.Top top = g.topK(key, most);
        Value valid = g.cast(g.greater(top.values(), g.scalar(1.5)), OnnxType.FLOAT);
        return new Result(top.indices(), valid);
    }
}
