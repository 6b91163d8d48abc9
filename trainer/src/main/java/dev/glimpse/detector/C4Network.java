package dev.glimpse.detector;

import ai.djl.ndarray.NDArray;
import dev.glimpse.detector.C4Size.Norm;
import dev.glimpse.parameter.Weights;
import java.util.List;

/**
 * The whole teacher detector as functions of its tensors: one map of stride 16 for proposals and crops, stage 5 and average
 * pooling on each crop.
 *
 * @param weights trained tensors
 * @param statistics running statistics of the batch norms, and all of the frozen ones; changed when training
 * @param training whether norms that are not frozen normalise by the batch
 */
public record C4Network(C4Size size, Weights weights, Weights statistics, boolean training) implements DetectorNetwork {
    private static final float EPSILON = 1e-5f; // of its batch norms

    @Override
    public List<NDArray> levels(NDArray pictures) {
        return List.of(ResNetStages.picture(pictures, size.backbone(), ops()));
    }

    @Override
    public ProposalHead.Output proposals(List<NDArray> levels) {
        return ProposalHead.forward(levels, weights);
    }

    @Override
    public BoxHead.Output regions(List<NDArray> levels, Rois rois) {
        int p = size.roi();
        NDArray crops = RoiAlign.forward(levels.get(0), C4Size.STRIDE, rois, p);
        NDArray features = ResNetStages.crop(crops.reshape(rois.count(), -1, p, p), size.backbone(), ops()); // (N, F)
        return BoxHead.classified(features, weights);
    }

    private ConvNorm ops() {
        return new ConvNorm(weights, statistics, training && size.backbone().norm() == Norm.TRAINED, EPSILON);
    }
}
