package dev.glimpse.detector;

import ai.djl.ndarray.NDArray;
import dev.glimpse.parameter.Weights;
import dev.glimpse.size.DetectorSize;
import dev.glimpse.size.DetectorSize.BackboneKind;
import java.util.List;

/**
 * The whole detector as functions of its tensors: views of one step, so an object of this class lives as long as the step.
 *
 * @param weights trained tensors
 * @param statistics running statistics of the batch norms; changed when training
 */
public record TeeNetwork(DetectorSize size, Weights weights, Weights statistics, boolean training) {

    /** Normalised pictures (B, 3, H, W) to pyramid levels (B, C, H / s, W / s), s = 4, 8, 16, 32. */
    public List<NDArray> levels(NDArray pictures) {
        ConvNorm ops = new ConvNorm(weights, statistics, training);
        List<NDArray> maps = size.backbone().kind() == BackboneKind.PLAIN
                ? PlainBackbone.forward(pictures, size.backbone(), ops)
                : EfficientNetB0.forward(pictures, ops);
        return Pyramid.forward(maps, size.pyramidCells(), ops);
    }

    /** Objectness and deltas of all anchors. */
    public ProposalHead.Output proposals(List<NDArray> levels) {
        return ProposalHead.forward(levels, weights);
    }

    /** Features, class logits and deltas of boxes. */
    public BoxHead.Output regions(List<NDArray> levels, Rois rois) {
        return BoxHead.forward(RoiAlign.forward(levels, rois, size.roi(), size.canonicalSide()), weights);
    }

    /**
     * Attribute logits (N, attributes).
     *
     * @param features (N, F)
     * @param classes (N), background at 0
     */
    public NDArray attributes(NDArray features, int[] classes) {
        return AttributeHead.forward(features, classes, weights);
    }
}
