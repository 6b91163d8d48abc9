package dev.glimpse.detector;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import dev.glimpse.parameter.Weights;
import java.util.List;

/** Region proposals: two 1x1 convolutions shared by all levels. Order of the anchors: level, row, column, anchor. */
final class ProposalHead {
    /**
     * What the head says of every anchor.
     *
     * @param objectness (B, A) logits
     * @param deltas (B, A, 4): dx, dy, dw, dh
     */
    record Output(NDArray objectness, NDArray deltas) {}

    private ProposalHead() {}

    static Output forward(List<NDArray> levels, Weights weights) {
        return new Output(each(levels, weights, "rpn.objectness").squeeze(2), each(levels, weights, "rpn.deltas"));
    }

    /** (B, A, numbers per anchor). */
    private static NDArray each(List<NDArray> levels, Weights weights, String name) {
        NDArray weight = weights.get(name + ".weight");
        NDArray bias = weights.get(name + ".bias");
        long perAnchor = weight.getShape().get(0) / Anchors.PER_POSITION;
        NDList parts = new NDList();
        for (NDArray level : levels) {
            NDArray map = ConvNorm.pointwise(level, weight, bias); // (B, anchors * numbers, H, W)
            parts.add(map.transpose(0, 2, 3, 1).reshape(map.getShape().get(0), -1, perAnchor));
        }
        NDArray first = parts.get(0);
        return first.getNDArrayInternal().concat(new NDList(parts.subList(1, parts.size())), 1);
    }
}
