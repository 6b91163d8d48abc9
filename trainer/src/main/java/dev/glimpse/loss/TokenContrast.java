package dev.glimpse.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import dev.glimpse.array.Scalar;

/** Noise contrastive loss: a student's token state must tell the teacher's state of the same token from those of others. */
public final class TokenContrast {
    private static final double NEVER = 10000;

    private TokenContrast() {}

    /**
     * The loss of each token:
     *
     * <pre>  l_i = -log( exp(s_i.t_i / tau) / (exp(s_i.t_i / tau) + sum_k exp(s_i.q_k / tau)) )  </pre>
     *
     * where k runs over the candidates of other pictures. Token-wise contrast with a queue is the paper's (Fang et al., arXiv
     * 2104.02096, with the queue of He et al., arXiv 1911.05722) [P]; that a picture's own tokens are left out is ours [D].
     *
     * @param student (N, D), unit rows, carries gradient
     * @param teacher (N, D), unit rows, constant
     * @param pictures (N) int64: which picture each token belongs to
     * @param candidates (K, D), unit rows, K at least 1: teacher states of other tokens
     * @param owners (K) int64: which picture each candidate belongs to
     * @param temperature tau, positive
     * @return (N), at least 0
     */
    public static NDArray perToken(
            NDArray student,
            NDArray teacher,
            NDArray pictures,
            NDArray candidates,
            NDArray owners,
            double temperature) {
        NDArray own = pictures.expandDims(1).eq(owners.expandDims(0)).toType(DataType.FLOAT32, false); // (N, K)
        NDArray sharp = Scalar.times(student, 1 / temperature);
        NDArray positive = sharp.mul(teacher).sum(new int[] {1}, true); // (N, 1)
        NDArray negative = sharp.matMul(candidates.transpose()).sub(Scalar.times(own, NEVER)); // (N, K)
        return positive.concat(negative, 1).logSoftmax(1).get(":, 0").neg();
    }

    /**
     * Rows of Euclidean length 1.
     *
     * @param rows (N, D)
     */
    public static NDArray unit(NDArray rows) {
        NDArray length = rows.square().sum(new int[] {1}, true).add(1e-12f).sqrt(); // (N, 1)
        return rows.div(length);
    }
}
