package dev.glimpse.detector;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import dev.glimpse.parameter.Weights;
import java.util.List;

/**
 * Region proposals: two 1x1 convolutions shared by all levels, after a 3x3 one where the network has it. Order of the
 * anchors: level, row, column, anchor.
 */
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
        List<NDArray> maps = weights.has("rpn.conv.weight")
                ? levels.stream().map(level -> hidden(level, weights)).toList()
                : levels;
        return new Output(each(maps, weights, "rpn.objectness", 1).squeeze(2), each(maps, weights, "rpn.deltas", 4));
    }

    private static NDArray hidden(NDArray level, Weights weights) {
        NDArray map = ConvNorm.convolve(level, weights.get("rpn.conv.weight"), 1);
        return ConvNorm.relu(map.add(weights.get("rpn.conv.bias").reshape(1, -1, 1, 1)));
    }

    /** (B, A, numbers per anchor). */
    private static NDArray each(List<NDArray> levels, Weights weights, String name, int perAnchor) {
        NDArray weight = weights.get(name + ".weight");
        NDArray bias = weights.get(name + ".bias");
        NDList parts = new NDList();
        for (NDArray level : levels) {
            NDArray map = ConvNorm.pointwise(level, weight, bias); // (B, anchors * numbers, H, W)
            parts.add(map.transpose(0, 2, 3, 1).reshape(map.getShape().get(0), -1, perAnchor));
        }
        NDArray first = parts.get(0);
        if (parts.size() == 1) {
            return first;
        }
        return first.getNDArrayInternal().concat(new NDList(parts.subList(1, parts.size())), 1);
    }
}
