package dev.glimpse.loss;

import ai.djl.ndarray.NDArray;
import dev.glimpse.array.Scalar;

/** Cross-entropy with one right class per row. */
public final class CrossEntropy {
    private CrossEntropy() {}

    /**
     * Cross-entropy with label smoothing (Szegedy et al., arXiv 1512.00567):
     *
     * <pre>  L = -1/N sum_i [ (1 - e) log p_i(y_i) + e/V sum_v log p_i(v) ]  </pre>
     *
     * @param logits (N, V), N at least 1
     * @param targets (N) int64, each 0 to V - 1
     * @param smoothing e in [0, 1); 0 for plain cross-entropy
     * @return scalar, nats
     */
    public static NDArray mean(NDArray logits, NDArray targets, double smoothing) {
        NDArray log = logits.logSoftmax(1); // (N, V)
        NDArray right = log.gather(targets.expandDims(1), 1).mean().neg();
        if (smoothing == 0) {
            return right;
        }
        return Scalar.times(right, 1 - smoothing).sub(Scalar.times(log.mean(), smoothing));
    }
}
