package dev.glimpse.detector;

import ai.djl.ndarray.NDArray;
import dev.glimpse.parameter.Weights;

/** The attribute head: region features and their classes in, attribute logits out. */
final class AttributeHead {
    private AttributeHead() {}

    /**
     * Scores every attribute of every region.
     *
     * @param features (N, F)
     * @param classes (N): class of each region, background at 0
     * @return (N, attributes) logits
     */
    static NDArray forward(NDArray features, int[] classes, Weights weights) {
        long[] rows = new long[classes.length];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = classes[i];
        }
        NDArray table = weights.get("attribute.embedding.weight"); // (classes + 1, E)
        NDArray embedded = table.get(features.getManager().create(rows)); // (N, E)
        NDArray hidden = ConvNorm.relu(Linear.apply(embedded.concat(features, 1), weights, "attribute.hidden"));
        return Linear.apply(hidden, weights, "attribute.output");
    }
}
