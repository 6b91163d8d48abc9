package dev.glimpse.demo;

/** Counts latencies in steps of a millisecond, up to a minute; what takes longer counts as a minute. Thread-safe. */
final class Latencies {
    private static final int LONGEST = 60_000;

    private final long[] counts = new long[LONGEST + 1];
    private long total;

    synchronized void add(long millis) {
        counts[(int) Math.max(0, Math.min(LONGEST, millis))]++;
        total++;
    }

    /** The smallest latency that at least this share of all does not exceed, in ms; 0 when there are none. */
    synchronized long quantile(double share) {
        long wanted = (long) Math.ceil(share * total);
        long seen = 0;
        for (int millis = 0; millis <= LONGEST; millis++) {
            seen += counts[millis];
            if (seen >= wanted) {
                return millis;
            }
        }
        throw new IllegalStateException("a share is at most 1, was " + share);
    }
}
