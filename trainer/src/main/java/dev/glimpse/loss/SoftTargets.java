package dev.glimpse.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Activation;
import dev.glimpse.array.Scalar;

/** Classification distillation: the student is to give the teacher's probabilities, not only its best class. */
public final class SoftTargets {
    private SoftTargets() {}

    /**
     * Cross-entropy between softened distributions, for words and for answers that exclude each other (Hinton et al., arXiv
     * 1503.02531, whose factor tau^2 keeps the gradient's size):
     *
     * <pre>  l_i = -tau^2 sum_v softmax(t_i / tau)_v log softmax(s_i / tau)_v  </pre>
     *
     * That classes are distilled is the paper's (Fang et al., arXiv 2104.02096) [P]; the temperature is ours [D].
     *
     * @param student (N, V) logits, carries gradient
     * @param teacher (N, V) logits, constant
     * @param temperature tau, positive
     * @return (N), nats; smallest, the teacher's entropy, where both agree
     */
    public static NDArray exclusive(NDArray student, NDArray teacher, double temperature) {
        NDArray log = Scalar.times(student, 1 / temperature).logSoftmax(1);
        NDArray target = Scalar.times(teacher, 1 / temperature).softmax(1);
        return Scalar.times(log.mul(target).sum(new int[] {1}), -temperature * temperature);
    }

    /**
     * Binary cross-entropy to the teacher's sigmoid, every answer by itself (Wang et al., DiDE, EMNLP 2022), with the factor
     * tau^2 as above:
     *
     * <pre>  l_i = -tau^2 sum_a [ p_ia log sigmoid(s_ia / tau) + (1 - p_ia) log(1 - sigmoid(s_ia / tau)) ],  p = sigmoid(t / tau)  </pre>
     *
     * @param student (N, A) logits, carries gradient
     * @param teacher (N, A) logits, constant
     * @param temperature tau, positive
     * @return (N), nats
     */
    public static NDArray independent(NDArray student, NDArray teacher, double temperature) {
        NDArray x = Scalar.times(student, 1 / temperature);
        NDArray target = Activation.sigmoid(Scalar.times(teacher, 1 / temperature));
        NDArray tail = x.abs().neg().exp().add(1).log(); // as in SoftBinary
        NDArray each = Activation.relu(x).sub(x.mul(target)).add(tail);
        return Scalar.times(each.sum(new int[] {1}), temperature * temperature);
    }
}
