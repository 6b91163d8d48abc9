package dev.glimpse.captioner;

/** Measures one stage after the other. */
final class Stopwatch {
    private long last = System.nanoTime();

    /** Milliseconds since the last lap, or since the start. */
    double lap() {
        long now = System.nanoTime();
        double millis = (now - last) / 1e6;
        last = now;
        return millis;
    }
}
