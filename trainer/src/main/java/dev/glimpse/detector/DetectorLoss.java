package dev.glimpse.detector;

import ai.djl.ndarray.NDArray;
import dev.glimpse.array.Scalar;

/** The losses of a two-stage detector (Faster R-CNN, arXiv 1506.01497), static and pure. */
final class DetectorLoss {
    private DetectorLoss() {}

    /**
     * Binary cross-entropy of logits: {@code softplus(x) - x t}.
     *
     * @param logits (N), carries gradient
     * @param targets (N), 0 or 1
     * @return scalar, mean over N
     */
    static NDArray objectness(NDArray logits, NDArray targets) {
        return logits.getNDArrayInternal().softPlus().sub(logits.mul(targets)).mean();
    }

    /**
     * Smooth L1: {@code .5 d d / beta} where {@code d = |x - t| < beta}, else {@code d - .5 beta}; as one expression {@code
     * m (d - .5 m) / beta} with {@code m = min(d, beta)}.
     *
     * @param deltas (N, 4), carries gradient
     * @param targets (N, 4)
     * @return scalar, sum
     */
    static NDArray smoothL1(NDArray deltas, NDArray targets, float beta) {
        NDArray d = deltas.sub(targets).abs();
        NDArray m = Scalar.atMost(d, beta);
        return Scalar.times(m.mul(d.sub(Scalar.times(m, .5))).sum(), 1 / beta);
    }

    /**
     * Cross-entropy with one right class per row.
     *
     * @param logits (N, K), carries gradient
     * @param classes (N, 1), int64
     * @return scalar, mean over N
     */
    static NDArray classes(NDArray logits, NDArray classes) {
        return logits.logSoftmax(1).gather(classes, 1).mean().neg();
    }

    /**
     * Cross-entropy with a distribution per row.
     *
     * @param logits (N, K), carries gradient
     * @param targets (N, K), rows sum to 1
     * @return scalar, mean over N
     */
    static NDArray soft(NDArray logits, NDArray targets) {
        NDArray sum = logits.logSoftmax(1).mul(targets).sum();
        return Scalar.times(sum, -1.0 / logits.getShape().get(0));
    }
}
