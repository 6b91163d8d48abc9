package dev.glimpse.optimizer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.glimpse.parameter.Loan;
import dev.glimpse.parameter.ParameterSpec;
import dev.glimpse.parameter.Parameters;
import java.util.Arrays;

/**
 * Adam with decoupled weight decay (Loshchilov and Hutter, arXiv 1711.05101) on one flat array:
 *
 * <pre>
 *  m = .9 m + .1 g        v = .999 v + .001 g g
 *  p = p - rate decay p [where the tensor decays] - rate (m / (1 - .9^t)) / (sqrt(v / (1 - .999^t)) + 1e-8)
 * </pre>
 *
 * <p>Used by one thread; {@link #close} frees the moments.
 */
public final class AdamW implements AutoCloseable {
    private static final double BETA1 = 0.9;
    private static final double BETA2 = 0.999;
    private static final float EPSILON = 1e-8f;

    private final NDManager manager;
    private final NDArray parameters; // (P), not owned
    private final NDArray first; // (P)
    private final NDArray second; // (P)
    private final NDArray decayed; // (P): the decay where the tensor decays, else 0

    /**
     * Moments start at zero.
     *
     * @param parent a long-lived manager
     * @param decay weight decay per unit of learning rate
     */
    public AdamW(NDManager parent, Parameters parameters, double decay) {
        this.parameters = parameters.flat();
        this.manager = parent.newSubManager(this.parameters.getDevice());
        Shape shape = this.parameters.getShape();
        this.first = manager.zeros(shape);
        this.second = manager.zeros(shape);
        this.decayed = manager.create(mask(parameters, (float) decay), shape);
        manager.cap();
    }

    private static float[] mask(Parameters parameters, float decay) {
        float[] mask = new float[Math.toIntExact(parameters.count())];
        int from = 0;
        for (ParameterSpec spec : parameters.specs()) {
            int to = from + Math.toIntExact(spec.shape().size());
            if (spec.decay()) {
                Arrays.fill(mask, from, to, decay);
            }
            from = to;
        }
        return mask;
    }

    /**
     * Moves the parameters by one step.
     *
     * @param gradient (P), finite, in the manager of the step, which owns all intermediate arrays
     * @param t number of this step, from 1
     */
    public void step(NDArray gradient, double rate, long t) {
        NDManager step = gradient.getManager();
        Loan.to(step, parameters, first, second, decayed);
        first.muli((float) BETA1).addi(gradient.mul((float) (1 - BETA1)));
        second.muli((float) BETA2).addi(gradient.square().muli((float) (1 - BETA2)));
        double bias1 = 1 - Math.pow(BETA1, t);
        double bias2 = 1 - Math.pow(BETA2, t);
        NDArray denominator = second.sqrt().muli((float) (1 / Math.sqrt(bias2))).addi(EPSILON); // (P)
        NDArray change = first.div(denominator).muli((float) (rate / bias1)); // (P)
        change.addi(decayed.mul(parameters).muli((float) rate));
        parameters.subi(change);
    }

    /** Copy of the first moments (P), for a checkpoint. */
    public float[] first() {
        return first.toFloatArray();
    }

    /** Copy of the second moments (P), for a checkpoint. */
    public float[] second() {
        return second.toFloatArray();
    }

    /** Takes both moments from a checkpoint. */
    public void set(float[] first, float[] second) {
        this.first.set(first);
        this.second.set(second);
    }

    @Override
    public void close() {
        manager.close();
    }
}
