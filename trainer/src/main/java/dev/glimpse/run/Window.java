package dev.glimpse.run;

import dev.glimpse.safetensors.FloatTensor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** Sums of the numbers of several steps, of which metrics show the means. Part of a checkpoint. Used by one thread. */
final class Window {
    private static final String PREFIX = "metrics.";

    private final Map<String, Float> sums = new TreeMap<>();
    private int steps;

    /** Takes the numbers of one step in. */
    void add(Map<String, Float> values, float gradientNorm) {
        values.forEach((name, value) -> sums.merge(name, value, Float::sum));
        sums.merge("gradient norm", gradientNorm, Float::sum);
        steps++;
    }

    boolean isEmpty() {
        return steps == 0;
    }

    /** The means, by name, and begins anew. */
    Map<String, Double> take() {
        Map<String, Double> means = new LinkedHashMap<>();
        sums.forEach((name, sum) -> means.put(name, (double) sum / steps));
        sums.clear();
        steps = 0;
        return means;
    }

    void save(Map<String, FloatTensor> tensors) {
        sums.forEach((name, sum) -> tensors.put(PREFIX + name, StateTensors.of(sum, steps)));
    }

    void restore(State state) {
        state.tensors().forEach((name, tensor) -> {
            if (name.startsWith(PREFIX)) {
                sums.put(name.substring(PREFIX.length()), tensor.data()[0]);
                steps = (int) tensor.data()[1];
            }
        });
    }
}
