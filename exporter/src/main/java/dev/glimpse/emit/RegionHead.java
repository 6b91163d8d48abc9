package dev.glimpse.emit;

import dev.glimpse.onnx.OnnxGraph;
import dev.glimpse.onnx.Shape;
import dev.glimpse.onnx.Value;
import dev.glimpse.size.DetectorSize;

/** Emits the box head: features, class probabilities and box deltas of each proposal. */
record RegionHead(OnnxGraph g, ParameterSource parameters, DetectorSize size) {
    private static final float[] DELTA_WEIGHTS = {10, 10, 5, 5};

    /**
     * @param features (B, N, F)
     * @param probabilities (B, N, 1 + classes), background first
     * @param deltas (B, N, 4), ready for {@link BoxDecoder}
     */
    record Result(Value features, Value probabilities, Value deltas) {}

    /** Crops (B N, channels, P, P) in. */
    Result emit(Value crops) {
        LinearEmitter linear = new LinearEmitter(g, parameters);
        long inputs = crops.dim(1) * crops.dim(2) * crops.dim(3);
        Value flat = g.reshape(crops, Shape.BATCH, inputs);
        Value hidden = g.relu(linear.emit(flat, "head.fc1", size.feature()));
        Value features = g.relu(linear.emit(hidden, "head.fc2", size.feature())); // (B N, F)
        Value classes = linear.emit(features, "head.class", size.classes() + 1);
        return new Result(perPicture(features), perPicture(g.softmax(classes, 1)), perPicture(deltas(features)));
    }

    /** Box deltas divided by their weights, which are folded into the layer. */
    private Value deltas(Value features) {
        float[] weight = parameters.get("head.deltas.weight", size.feature(), 4);
        float[] bias = parameters.get("head.deltas.bias", 4);
        for (int i = 0; i < weight.length; i++) {
            weight[i] /= DELTA_WEIGHTS[i % 4];
        }
        for (int i = 0; i < bias.length; i++) {
            bias[i] /= DELTA_WEIGHTS[i];
        }
        return g.linear(features, g.weight("head.deltas.weight", weight, size.feature(), 4), g.constant(bias, 4));
    }

    private Value perPicture(Value rows) {
        return g.reshape(rows, Shape.BATCH, Math.min(size.proposals(), Anchors.count(size)), rows.dim(1));
    }
}
