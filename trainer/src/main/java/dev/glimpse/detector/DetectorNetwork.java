package dev.glimpse.detector;

import ai.djl.ndarray.NDArray;
import dev.glimpse.parameter.Weights;
import java.util.List;

/**
 * A two-stage detector as functions of its tensors: views of one step, so an object of it lives as long as the step.
 */
public sealed interface DetectorNetwork permits TeeNetwork, C4Network {
    /** Trained tensors. */
    Weights weights();

    /** Normalised pictures (B, 3, H, W) to the maps (B, C, H / s, W / s) that proposals and crops are taken from. */
    List<NDArray> levels(NDArray pictures);

    /** Objectness and deltas of all anchors. */
    ProposalHead.Output proposals(List<NDArray> levels);

    /** Features, class logits and deltas of boxes, at least one. */
    BoxHead.Output regions(List<NDArray> levels, Rois rois);

    /**
     * Attribute logits (N, attributes).
     *
     * @param features (N, F)
     * @param classes (N), background at 0
     */
    default NDArray attributes(NDArray features, int[] classes) {
        return AttributeHead.forward(features, classes, weights());
    }
}
