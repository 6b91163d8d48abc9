package dev.glimpse.emit;

import dev.glimpse.onnx.OnnxGraph;
import dev.glimpse.onnx.OnnxType;
import dev.glimpse.onnx.Shape;
import dev.glimpse.onnx.Value;
import dev.glimpse.onnx.Vision;
import dev.glimpse.size.DetectorSize;
import java.util.ArrayList;
import java.util.List;

/**
 * Emits RoIAlign of each box on the pyramid level that fits its size.
 *
 * <p>One RoIAlign serves all levels: they stand below each other in one map, the atlas, each inside a border that repeats
 * its edge. Sampling just outside of a level meets the border, which is what clamping to the level does.
 */
record RegionPooling(OnnxGraph g, DetectorSize size) {
    private static final int BORDER = 1;

    /**
     * @param levels maps (B, channels, h, w) of strides 4, 8, 16 and 32
     * @param boxes (B, N, 4) pixels
     * @return (B N, channels, P, P)
     */
    Value emit(List<Value> levels, Value boxes) {
        long n = boxes.dim(1);
        Value zeros = g.constant(new long[Math.toIntExact(n)], 1, n);
        Value rows = g.add(g.unsqueeze(g.batchNumbers(boxes), 1), zeros); // (B, N)
        Value onAtlas = onAtlas(levels, g.reshape(boxes, Shape.BATCH, 4)); // (B N, 4)
        return new Vision(g).roiAlign(atlas(levels), onAtlas, g.reshape(rows, Shape.BATCH), size.roi());
    }

    /** All levels below each other, as wide as the first: (B, channels, sum of h + 2, w of the first + 2). */
    private Value atlas(List<Value> levels) {
        long width = levels.get(0).dim(3) + 2 * BORDER;
        List<Value> bordered = new ArrayList<>();
        for (Value level : levels) {
            bordered.add(new Vision(g).repeatEdge(level, BORDER, BORDER, width - level.dim(3) - BORDER));
        }
        return g.concat(2, bordered);
    }

    /** Boxes (n, 4) from pixels of the picture to cells of the atlas. */
    private Value onAtlas(List<Value> levels, Value boxes) {
        float[] scales = new float[levels.size()];
        float[] origins = new float[4 * levels.size()];
        long top = 0;
        for (int l = 0; l < scales.length; l++) {
            scales[l] = 1f / DetectorSize.STRIDES.get(l);
            for (int i = 0; i < 4; i++) {
                origins[4 * l + i] = i % 2 == 0 ? BORDER : top + BORDER;
            }
            top += levels.get(l).dim(2) + 2 * BORDER;
        }
        Value level = level(boxes); // (n)
        Value scale = g.gather(g.constant(scales, scales.length, 1), level, 0); // (n, 1)
        Value origin = g.gather(g.constant(origins, scales.length, 4), level, 0); // (n, 4)
        return g.add(g.mul(boxes, scale), origin);
    }

    /** clamp(floor(2 + log2(sqrt(w h) / canonicalSide + 1e-8)), 0, 3) of boxes (n, 4): (n). */
    private Value level(Value boxes) {
        Value sides = g.sub(g.slice(boxes, 1, 2, 4), g.slice(boxes, 1, 0, 2));
        Value side = g.sqrt(g.mul(g.gather(sides, g.scalar(0L), 1), g.gather(sides, g.scalar(1L), 1)));
        Value ratio = g.add(g.div(side, g.scalar(size.canonicalSide())), g.scalar(1e-8));
        Value level = g.floor(g.add(g.mul(g.log(ratio), g.scalar(1 / Math.log(2))), g.scalar(2.0)));
        return g.cast(g.min(g.max(level, g.scalar(0.0)), g.scalar(3.0)), OnnxType.INT64);
    }
}
