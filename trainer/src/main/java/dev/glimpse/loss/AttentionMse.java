package dev.glimpse.loss;

import ai.djl.ndarray.NDArray;

/** Squared distance between the attention distributions of student and teacher. */
public final class AttentionMse {
    private AttentionMse() {}

    /**
     * The distance of each token's row, with A the distributions of the last layer before dropout:
     *
     * <pre>  l_i = 1/H sum_h sum_k (A^S_ihk - A^T_ihk)^2  </pre>
     *
     * The attention loss is the mean of l_i over all rows that carry meaning. Mean squared error on attention distributions is
     * the paper's (Fang et al., arXiv 2104.02096) [P]; that of the last layer second-hand [2]; to sum over the keys instead of
     * taking their mean is ours [D].
     *
     * @param student (B, H, T, T), rows are distributions, carries gradient
     * @param teacher (B, H, T, T), the same number of heads, constant
     * @param rows (N) int64: b T + i
     * @return (N), each in [0, 2]
     */
    public static NDArray perToken(NDArray student, NDArray teacher, NDArray rows) {
        NDArray each = student.sub(teacher).square().sum(new int[] {3}).mean(new int[] {1}); // (B, T)
        return each.reshape(-1).gather(rows, 0);
    }
}
