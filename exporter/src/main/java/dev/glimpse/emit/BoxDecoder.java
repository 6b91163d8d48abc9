package dev.glimpse.emit;

import dev.glimpse.onnx.OnnxGraph;
import dev.glimpse.onnx.Value;

/** Emits the decoding of box deltas, as in Faster R-CNN (Ren et al., arXiv 1506.01497), and clipping to the content. */
record BoxDecoder(OnnxGraph g) {
    private static final double LARGEST_LOG = Math.log(1000.0 / 16);

    /**
     * @param centre (B, n, 2) x and y
     * @param size (B, n, 2) width and height
     * @param deltas (B, n, 4) dx, dy, dw, dh
     * @param content (B, 2) width and height that boxes are clipped to
     * @return (B, n, 4) x1, y1, x2, y2
     */
    Value emit(Value centre, Value size, Value deltas, Value content) {
        Value limit = g.unsqueeze(content, 1); // (B, 1, 2)
        Value growth = g.exp(g.min(g.slice(deltas, 2, 2, 4), g.scalar(LARGEST_LOG)));
        Value middle = g.add(g.mul(g.slice(deltas, 2, 0, 2), size), centre);
        Value half = g.mul(g.mul(growth, size), g.scalar(0.5));
        return g.concat(2, clip(g.sub(middle, half), limit), clip(g.add(middle, half), limit));
    }

    /** Decodes relative to boxes (B, n, 4). */
    Value fromBoxes(Value boxes, Value deltas, Value content) {
        Value low = g.slice(boxes, 2, 0, 2);
        Value size = g.sub(g.slice(boxes, 2, 2, 4), low);
        return emit(g.add(low, g.mul(size, g.scalar(0.5))), size, deltas, content);
    }

    private Value clip(Value point, Value limit) {
        return g.max(g.min(point, limit), g.scalar(0.0));
    }
}
