package dev.glimpse.metric;

import java.util.Map;

/** Scores of a set of pictures, as a function of how often each picture counts. */
public interface Sampled {
    /** Number of pictures. */
    int pictures();

    /**
     * The figures.
     *
     * @param times for each picture how often it counts, at least 0
     * @return name to value; NaN where nothing is left to score. The names are the same for all {@code times}
     */
    Map<String, Double> under(int[] times);
}
