package dev.glimpse.scene;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;

/**
 * Counts what is done and says so on stderr with rate and remaining time: twice a second on a terminal, once a minute
 * elsewhere. For any number of threads.
 */
final class Tally implements AutoCloseable {
    private final String unit;
    private final int total;
    private final PrintStream out = System.err;
    private final boolean terminal = System.console() != null;
    private final long every = (terminal ? Duration.ofMillis(500) : Duration.ofMinutes(1)).toNanos();
    private final long start = System.nanoTime();
    private long said = start;
    private int done;

    Tally(String unit, int total) {
        this.unit = unit;
        this.total = total;
    }

    synchronized void count() {
        done++;
        long now = System.nanoTime();
        if (now - said >= every) {
            said = now;
            out.print((terminal ? "\r" : "") + line(done, total, unit, (now - start) / 1e9) + (terminal ? "" : "\n"));
        }
    }

    static String line(int done, int total, String unit, double seconds) {
        double rate = done / seconds;
        return String.format(
                Locale.ROOT, "%d of %d %s, %.0f/s, %.0f s left ", done, total, unit, rate, (total - done) / rate);
    }

    @Override
    public synchronized void close() {
        if (terminal && said != start) {
            out.println();
        }
    }
}
