package dev.glimpse.train;

import ai.djl.ndarray.NDArray;
import dev.glimpse.array.Scalar;

/**
 * The samples of a batch that are worked through at once.
 *
 * @param from first sample
 * @param to end of the samples
 * @param batch samples of the whole batch
 */
record Part(int from, int to, int batch) {
    /** Share of the batch, in (0, 1]. */
    double share() {
        return (double) (to - from) / batch;
    }

    /**
     * Corrects a mean over things that are not spread evenly over the samples, such as hidden words: parts then add up to
     * the mean over the whole batch.
     *
     * @param mean scalar, over {@code mine} things
     * @param mine things of this part
     * @param all things of the whole batch
     */
    NDArray balanced(NDArray mean, long mine, long all) {
        return mine == all ? mean : Scalar.times(mean, mine / (all * share()));
    }
}
