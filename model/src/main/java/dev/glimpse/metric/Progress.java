package dev.glimpse.metric;

import java.io.PrintStream;
import java.util.Locale;

/**
 * How far a long computation is: on a terminal one line that is written over, else a line a minute. Nothing is printed in
 * the first seconds. Safe to call from several threads.
 */
public final class Progress {
    private static final long QUIET_MS = 2_000;
    private static final long TERMINAL_MS = 200;
    private static final long LOG_MS = 60_000;

    private final String what;
    private final PrintStream out;
    private final boolean terminal;
    private final long start = System.currentTimeMillis();
    private long next;

    /**
     * Starts the clock.
     *
     * @param what is being done, such as "drawing pictures"
     */
    public Progress(String what, PrintStream out, boolean terminal) {
        this.what = what;
        this.out = out;
        this.terminal = terminal;
        this.next = start + (terminal ? QUIET_MS : LOG_MS);
    }

    /** Progress on stderr. */
    public static Progress of(String what) {
        return new Progress(what, System.err, System.console() != null);
    }

    /** Says that {@code done} of {@code all} are done. */
    public synchronized void at(long done, long all) {
        long now = System.currentTimeMillis();
        boolean shown = now >= next;
        if (shown || (done == all && terminal && next > start + QUIET_MS)) {
            next = now + (terminal ? TERMINAL_MS : LOG_MS);
            double rate = done * 1000.0 / Math.max(1, now - start);
            long left = Math.round((all - done) / Math.max(rate, 1e-9));
            String line =
                    String.format(Locale.ROOT, "%s: %d of %d, %.0f a second, %d s left", what, done, all, rate, left);
            out.print(terminal ? "\r" + line + "\033[K" + (done == all ? "\n" : "") : line + "\n");
            out.flush();
        }
    }
}
