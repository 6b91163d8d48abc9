package dev.glimpse.emit;

import dev.glimpse.onnx.OnnxGraph;
import dev.glimpse.onnx.OnnxType;
import dev.glimpse.onnx.Shape;
import dev.glimpse.onnx.Value;
import dev.glimpse.size.DetectorSize;

/** Emits the choice of the regions that leave the detector, and their attributes. */
record FinalRegions(OnnxGraph g, ParameterSource parameters, DetectorSize size) {
    private static final double IOU = .5;

    /** The outputs of {@code detector.onnx}; boxes are fractions of the content. */
    record Result(Value boxes, Value scores, Value classes, Value features, Value attributes) {}

    /** One best class for each proposal, suppression over all classes together, the R best by score. */
    Result emit(Proposals.Result proposals, RegionHead.Result head, Value content) {
        Value objects = g.slice(head.probabilities(), 2, 1, size.classes() + 1L); // (B, N, classes)
        Value best = g.maximum(objects, 2); // (B, N)
        Value boxes = new BoxDecoder(g).fromBoxes(proposals.boxes(), head.deltas(), content);
        // Lifting by 1 what is valid keeps padding last, whatever its score.
        OnnxGraph.Top sorted = g.topK(g.add(best, proposals.valid()), best.dim(1));
        Value scores = g.rows(best, sorted.indices());
        Value enough = g.cast(g.less(scores, g.scalar(size.scoreThreshold())), OnnxType.FLOAT);
        Value wanted = g.mul(g.rows(proposals.valid(), sorted.indices()), g.sub(g.scalar(1.0), enough));
        Suppression.Result kept = new Suppression(g).emit(g.rows(boxes, sorted.indices()), wanted, size.regions(), IOU);
        Value places = g.rows(sorted.indices(), kept.indices()); // (B, R) rows of the proposals
        return rows(places, kept.valid(), boxes, best, objects, head.features(), content);
    }

    private Result rows(
            Value places, Value valid, Value boxes, Value best, Value objects, Value features, Value content) {
        Value column = g.unsqueeze(valid, 2); // (B, R, 1)
        Value fractions = g.div(g.rows(boxes, places), g.unsqueeze(g.concat(1, content, content), 1));
        Value classes = g.rows(g.argMax(objects, 2), places); // (B, R)
        Value feature = g.rows(features, places); // (B, R, F)
        return new Result(
                g.mul(fractions, column),
                g.mul(g.rows(best, places), valid),
                g.mul(classes, g.cast(valid, OnnxType.INT64)),
                g.mul(feature, column),
                g.mul(attributes(classes, feature), column));
    }

    /** Attribute probabilities (B, R, attributes) from class (B, R) and feature (B, R, F). */
    private Value attributes(Value classes, Value features) {
        int rows = size.classes() + 1;
        int width = size.attributeEmbedding();
        Value table = g.weight(
                "attribute.embedding.weight", parameters.get("attribute.embedding.weight", rows, width), rows, width);
        Value embedded = g.gather(table, g.add(classes, g.scalar(1L)), 0); // (B, R, E)
        Value input = g.concat(2, embedded, features);
        Value flat = g.reshape(input, Shape.BATCH, input.dim(2)); // (B R, E + F)
        LinearEmitter linear = new LinearEmitter(g, parameters);
        Value hidden = g.relu(linear.emit(flat, "attribute.hidden", size.attributeHidden()));
        Value logits = linear.emit(hidden, "attribute.output", size.attributes());
        return g.reshape(g.softmax(logits, 1), Shape.BATCH, size.regions(), size.attributes());
    }
}
