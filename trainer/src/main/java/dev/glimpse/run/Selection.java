package dev.glimpse.run;

import ai.djl.ndarray.NDManager;
import dev.glimpse.optimizer.Average;
import dev.glimpse.optimizer.OptimizerSettings;
import dev.glimpse.safetensors.FloatTensor;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Which weights a stage writes: the best validated ones when there is patience, else the average where one is kept, else the
 * last. Part of a checkpoint. Used by one thread; {@link #close} frees the average.
 */
final class Selection implements AutoCloseable {
    private static final String AVERAGE = "average";
    private static final String BEST = "best";

    private final Learned learned;
    private final Optional<Average> average;
    private final Best best;

    /** Begins; {@code manager} is long-lived. */
    Selection(NDManager manager, Learned learned, OptimizerSettings settings) {
        this.learned = learned;
        this.average = settings.ema() == 0
                ? Optional.empty()
                : Optional.of(new Average(manager, learned.flats(), settings.ema()));
        this.best = new Best(settings.patience());
    }

    /** Takes in what a finished step left. */
    void follow(NDManager step, long number) {
        average.ifPresent(a -> a.follow(step, number));
    }

    /** Measures the weights as they would be written now, without changing those that are trained. */
    Map<String, Double> validate(Goal goal, long step, Supplier<Map<String, Double>> measure) {
        List<float[]> trained = average.isPresent() ? learned.values() : List.of();
        average.ifPresent(a -> learned.set(a.values()));
        try {
            Map<String, Double> values = measure.get();
            float value = values.getOrDefault(goal.metric(), Double.NaN).floatValue();
            best.offer(goal, value, step, learned::values);
            return values;
        } finally {
            if (average.isPresent()) {
                learned.set(trained);
            }
        }
    }

    /** Whether validation no longer improves. */
    boolean exhausted() {
        return best.exhausted();
    }

    /**
     * Leaves in the parameters what is to be written.
     *
     * @return the step that it comes from when it is the best one
     */
    Optional<Best> settle() {
        if (best.present()) {
            learned.set(best.weights());
            return Optional.of(best);
        }
        average.ifPresent(a -> learned.set(a.values()));
        return Optional.empty();
    }

    void save(Map<String, FloatTensor> tensors) {
        average.ifPresent(a -> StateTensors.put(tensors, AVERAGE, a.values()));
        if (best.present()) {
            tensors.put(BEST, StateTensors.of(best.value(), best.step(), best.misses()));
            StateTensors.put(tensors, BEST, best.weights());
        }
    }

    void restore(State state) {
        average.ifPresent(a -> a.set(StateTensors.list(state, AVERAGE)));
        if (state.tensors().containsKey(BEST)) {
            float[] found = StateTensors.get(state, BEST);
            best.set(found[0], (long) found[1], (int) found[2], StateTensors.list(state, BEST));
        }
    }

    @Override
    public void close() {
        average.ifPresent(Average::close);
    }
}
