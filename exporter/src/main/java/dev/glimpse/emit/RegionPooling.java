package dev.glimpse.emit;

import dev.glimpse.onnx.OnnxGraph;
import dev.glimpse.onnx.Shape;
import dev.glimpse.onnx.Value;
import dev.glimpse.onnx.Vision;
import dev.glimpse.size.DetectorSize;
import java.util.List;

/** Emits RoIAlign of each box on the pyramid level that fits its size. */
record RegionPooling(OnnxGraph g, DetectorSize size) {
    /**
     * @param levels maps (B, channels, h, w) of strides 4, 8, 16 and 32
     * @param boxes (B, N, 4) pixels
     * @return (B N, channels, P, P)
     */
    Value emit(List<Value> levels, Value boxes) {
        long n = boxes.dim(1);
        Value zeros = g.constant(new long[Math.toIntExact(n)], 1, n);
        Value rows = g.add(g.unsqueeze(g.batchNumbers(boxes), 1), zeros); // (B, N)
        Value batch = g.reshape(rows, Shape.BATCH);
        Value flat = g.reshape(boxes, Shape.BATCH, 4);
        Value level = g.reshape(level(flat), Shape.BATCH, 1, 1, 1);
        Value result = pool(levels, flat, batch, 3);
        for (int l = 2; l >= 0; l--) {
            Value here = g.less(level, g.scalar(l + .5));
            result = g.where(here, pool(levels, flat, batch, l), result);
        }
        return result;
    }

    private Value pool(List<Value> levels, Value boxes, Value batch, int level) {
        return new Vision(g).roiAlign(levels.get(level), boxes, batch, size.roi(), DetectorSize.STRIDES.get(level));
    }

    /** floor(2 + log2(sqrt(w h) / canonicalSide + 1e-8)), not clamped; boxes (n, 4), result (n, 1). */
    Value level(Value boxes) {
        Value sides = g.sub(g.slice(boxes, 1, 2, 4), g.slice(boxes, 1, 0, 2));
        Value side = g.sqrt(g.mul(g.slice(sides, 1, 0, 1), g.slice(sides, 1, 1, 2)));
        Value ratio = g.add(g.div(side, g.scalar(size.canonicalSide())), g.scalar(1e-8));
        return g.floor(g.add(g.mul(g.log(ratio), g.scalar(1 / Math.log(2))), g.scalar(2.0)));
    }
}
