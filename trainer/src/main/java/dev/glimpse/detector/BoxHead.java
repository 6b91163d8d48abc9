package dev.glimpse.detector;

import ai.djl.ndarray.NDArray;
import dev.glimpse.parameter.Weights;

/** The light box head: crops of boxes in; region features, class logits and box offsets out. */
final class BoxHead {
    /**
     * What the head says of every box.
     *
     * @param features (N, F), at least 0: the region feature
     * @param classes (N, classes + 1) logits, background at 0
     * @param deltas (N, 4), class-agnostic
     */
    record Output(NDArray features, NDArray classes, NDArray deltas) {}

    private BoxHead() {}

    /** crops: (N, C * P * P). */
    static Output forward(NDArray crops, Weights weights) {
        NDArray hidden = ConvNorm.relu(Linear.apply(crops, weights, "head.fc1"));
        return classified(ConvNorm.relu(Linear.apply(hidden, weights, "head.fc2")), weights);
    }

    /** features: (N, F). */
    static Output classified(NDArray features, Weights weights) {
        return new Output(
                features,
                Linear.apply(features, weights, "head.class"),
                Linear.apply(features, weights, "head.deltas"));
    }
}
