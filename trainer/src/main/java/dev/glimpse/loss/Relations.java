package dev.glimpse.loss;

import ai.djl.ndarray.NDArray;
import dev.glimpse.array.Scalar;

/**
 * Relation distillation: queries resemble queries, keys keys and values values as they do in the teacher (MiniLMv2, Wang et
 * al., arXiv 2012.15828).
 */
public final class Relations {
    private Relations() {}

    /**
     * Divergence of one kind of relation, with a the queries, keys or values of the last layer:
     *
     * <pre>  R_ih = softmax_k(a_ih.a_kh / sqrt(d) + mask_ik),  l_i = 1/H sum_h sum_k R^T_ihk log(R^T_ihk / R^S_ihk)  </pre>
     *
     * Widths may differ, the number of heads may not. As many relation heads as attention heads, and the attention's own mask
     * (the source has padding only), are ours [D].
     *
     * @param student (B, H, T, d), carries gradient
     * @param teacher (B, H, T, d'), constant
     * @param mask broadcasts to (B, H, T, T): 0 keeps, -10000 drops
     * @param rows (N) int64: b T + i
     * @return (N), nats, at least 0
     */
    public static NDArray perToken(NDArray student, NDArray teacher, NDArray mask, NDArray rows) {
        NDArray own = scores(student).add(mask).logSoftmax(3); // (B, H, T, T)
        NDArray wanted = scores(teacher).add(mask).logSoftmax(3);
        NDArray each = own.sub(wanted)
                .mul(wanted.exp())
                .sum(new int[] {3})
                .mean(new int[] {1})
                .neg(); // (B, T)
        return each.reshape(-1).gather(rows, 0);
    }

    private static NDArray scores(NDArray a) {
        NDArray product = a.matMul(a.transpose(0, 1, 3, 2)); // (B, H, T, T)
        return Scalar.times(product, 1 / Math.sqrt(a.getShape().get(3)));
    }
}
