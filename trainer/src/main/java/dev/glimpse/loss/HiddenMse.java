package dev.glimpse.loss;

import ai.djl.ndarray.NDArray;

/** Squared distance between the states of student and teacher: what the contrastive loss is compared with. */
public final class HiddenMse {
    private HiddenMse() {}

    /**
     * The distance of each token, with f the projection to the teacher's width:
     *
     * <pre>  l_i = 1/D sum_d (f(h^S_i)_d - h^T_id)^2  </pre>
     *
     * The paper (Fang et al., arXiv 2104.02096) finds it worse than the contrastive loss [2]; a linear f and the mean over D are
     * ours [D].
     *
     * @param student (N, D), projected, carries gradient
     * @param teacher (N, D), constant
     * @return (N), at least 0
     */
    public static NDArray perToken(NDArray student, NDArray teacher) {
        return student.sub(teacher).square().mean(new int[] {1});
    }
}
