package dev.glimpse.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Activation;
import dev.glimpse.array.Scalar;

/** Binary cross-entropy on soft scores, as in VQA (Anderson et al., arXiv 1707.07998). */
public final class SoftBinary {
    private SoftBinary() {}

    /**
     * Every answer is a yes/no question of its own:
     *
     * <pre>  L = -1/B sum_b sum_a [ s_ba log sigmoid(x_ba) + (1 - s_ba) log(1 - sigmoid(x_ba)) ]  </pre>
     *
     * computed as max(x, 0) - x s + log(1 + exp(-|x|)), which does not overflow.
     *
     * @param logits (B, A)
     * @param scores (B, A) in [0, 1]
     * @return scalar: sum over answers, mean over the batch
     */
    public static NDArray mean(NDArray logits, NDArray scores) {
        NDArray tail = logits.abs().neg().exp().add(1).log(); // (B, A)
        NDArray each = Activation.relu(logits).sub(logits.mul(scores)).add(tail);
        return Scalar.times(each.sum(), 1.0 / logits.getShape().get(0));
    }
}
