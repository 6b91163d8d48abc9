package dev.glimpse.optimizer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.glimpse.parameter.Loan;
import java.util.ArrayList;
import java.util.List;

/**
 * Exponential moving average of flat arrays over the steps (Polyak averaging), for evaluation:
 *
 * <pre>  a = a + (1 - d_t) (x - a),  d_t = min(decay, (1 + t) / (10 + t))  </pre>
 *
 * <p>The smaller d_t of the first steps forgets where training began; the form is that of TensorFlow's
 * ExponentialMovingAverage. Used by one thread; {@link #close} frees the averages.
 */
public final class Average implements AutoCloseable {
    private final NDManager manager;
    private final List<NDArray> followed; // not owned
    private final List<NDArray> averages = new ArrayList<>();
    private final double decay;

    /**
     * Begins at the present values.
     *
     * @param parent long-lived
     * @param followed flat arrays
     * @param decay in (0, 1)
     */
    public Average(NDManager parent, List<NDArray> followed, double decay) {
        this.followed = List.copyOf(followed);
        this.decay = decay;
        this.manager = parent.newSubManager(followed.get(0).getDevice());
        for (NDArray x : followed) {
            averages.add(manager.create(x.toFloatArray(), x.getShape()));
        }
        manager.cap();
    }

    /**
     * Takes the values of a finished step in.
     *
     * @param step manager of the step, which owns all intermediate arrays
     * @param t number of the step, from 1
     */
    public void follow(NDManager step, long t) {
        float share = (float) (1 - Math.min(decay, (1.0 + t) / (10.0 + t)));
        for (int i = 0; i < averages.size(); i++) {
            NDArray average = averages.get(i);
            Loan.to(step, average, followed.get(i));
            average.addi(followed.get(i).sub(average).muli(share));
        }
    }

    /** Copies of the averages, in the order of the arrays. */
    public List<float[]> values() {
        return averages.stream().map(NDArray::toFloatArray).toList();
    }

    /** Takes the averages from a checkpoint. */
    public void set(List<float[]> values) {
        for (int i = 0; i < averages.size(); i++) {
            averages.get(i).set(values.get(i));
        }
    }

    @Override
    public void close() {
        manager.close();
    }
}
