package dev.glimpse.run;

import java.util.List;
import java.util.function.Supplier;

/**
 * The best validation so far, the weights that it looked at, and how many validations since were no better. Used by one
 * thread.
 */
final class Best {
    private final int patience;
    private float value = Float.NaN;
    private long step;
    private int misses;
    private List<float[]> weights = List.of();

    /** Nothing was validated yet; a patience of 0 keeps nothing and never ends. */
    Best(int patience) {
        this.patience = patience;
    }

    /** Takes a validation in; its weights are asked for when it is the best. */
    void offer(Goal goal, float found, long at, Supplier<List<float[]>> looked) {
        if (patience == 0) {
            return;
        }
        if (goal.better(found, value)) {
            set(found, at, 0, looked.get());
        } else {
            misses++;
        }
    }

    /** As an earlier session left it. */
    void set(float value, long step, int misses, List<float[]> weights) {
        this.value = value;
        this.step = step;
        this.misses = misses;
        this.weights = weights;
    }

    /** Whether patience is at its end. */
    boolean exhausted() {
        return patience > 0 && misses >= patience;
    }

    boolean present() {
        return !weights.isEmpty();
    }

    float value() {
        return value;
    }

    long step() {
        return step;
    }

    int misses() {
        return misses;
    }

    List<float[]> weights() {
        return weights;
    }
}
