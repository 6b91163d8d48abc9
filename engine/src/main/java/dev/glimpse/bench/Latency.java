package dev.glimpse.bench;

import static dev.glimpse.error.UserError.require;

import java.util.Arrays;

/**
 * How long something took, over many runs.
 *
 * @param p50 median, in milliseconds
 * @param p99 one run in a hundred took longer, in milliseconds; the longest where there were fewer than a hundred
 * @param runs how many
 */
public record Latency(double p50, double p99, int runs) {
    /** @param nanos of each run, at least one */
    public static Latency of(long[] nanos) {
        require(nanos.length > 0, "nothing was run");
        long[] sorted = nanos.clone();
        Arrays.sort(sorted);
        return new Latency(quantile(sorted, .5), quantile(sorted, .99), sorted.length);
    }

    /** The smallest value that so many of all do not exceed. */
    private static double quantile(long[] sorted, double share) {
        return sorted[Math.max(0, (int) Math.ceil(share * sorted.length) - 1)] / 1e6;
    }
}
