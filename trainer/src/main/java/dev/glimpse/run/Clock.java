package dev.glimpse.run;

import java.util.Locale;

/** Where the time of a training goes. On a GPU, whose work goes on by itself, the share of the optimiser is that of its launch. */
final class Clock {
    private final long start = System.nanoTime();
    private long optimizing;
    private long waiting;

    void optimized(long nanos) {
        optimizing += nanos;
    }

    void waited(long nanos) {
        waiting += nanos;
    }

    double seconds() {
        return (System.nanoTime() - start) / 1e9;
    }

    /** Such as {@code 1500 steps in 400 s; optimiser 2.1 %, waiting for batches 0.1 %}. */
    String summary(long steps) {
        double all = seconds();
        return String.format(
                Locale.ROOT,
                "%d steps in %.0f s; optimiser %.1f %%, waiting for batches %.1f %%",
                steps,
                all,
                100 * optimizing / 1e9 / all,
                100 * waiting / 1e9 / all);
    }
}
