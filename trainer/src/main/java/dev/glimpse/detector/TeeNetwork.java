package dev.glimpse.detector;

import ai.djl.ndarray.NDArray;
import dev.glimpse.parameter.Weights;
import dev.glimpse.size.DetectorSize;
import dev.glimpse.size.DetectorSize.BackboneKind;
import java.util.List;

/**
 * The whole student detector TEE as functions of its tensors.
 *
 * @param weights trained tensors
 * @param statistics running statistics of the batch norms; changed when training
 */
public record TeeNetwork(DetectorSize size, Weights weights, Weights statistics, boolean training)
        implements DetectorNetwork {
    private static final float EPSILON = 1e-3f; // of its batch norms

    /** Normalised pictures (B, 3, H, W) to pyramid levels (B, C, H / s, W / s), s = 4, 8, 16, 32. */
    @Override
    public List<NDArray> levels(NDArray pictures) {
        ConvNorm ops = new ConvNorm(weights, statistics, training, EPSILON);
        List<NDArray> maps = size.backbone().kind() == BackboneKind.PLAIN
                ? PlainBackbone.forward(pictures, size.backbone(), ops)
                : EfficientNetB0.forward(pictures, ops);
        return Pyramid.forward(maps, size.pyramidCells(), ops);
    }

    @Override
    public ProposalHead.Output proposals(List<NDArray> levels) {
        return ProposalHead.forward(levels, weights);
    }

    @Override
    public BoxHead.Output regions(List<NDArray> levels, Rois rois) {
        return BoxHead.forward(RoiAlign.forward(levels, rois, size.roi(), size.canonicalSide()), weights);
    }
}
