package dev.glimpse.run;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * Shows on stderr how far long work is: a bar with rate and remaining time on a terminal, one line a minute otherwise.
 * Used by one thread; {@link #close} ends the bar.
 */
public final class Progress implements AutoCloseable {
    private static final long LINE_EVERY = Duration.ofMinutes(1).toNanos();

    private final String what;
    private final String unit;
    private final long first;
    private final long total;
    private final long start = System.nanoTime();
    private final PrintStream out;
    private final Optional<ProgressBar> bar;
    private long lastLine = start;

    /**
     * Begins.
     *
     * @param unit what is counted, in the plural
     * @param done how much is done already, by an earlier session
     */
    public Progress(String what, String unit, long done, long total) {
        this.what = what;
        this.unit = unit;
        this.first = done;
        this.total = total;
        this.out = System.err;
        this.bar = System.console() == null ? Optional.empty() : Optional.of(bar(done));
    }

    private ProgressBar bar(long done) {
        return new ProgressBarBuilder()
                .setTaskName(what)
                .setUnit(" " + unit, 1)
                .setInitialMax(total)
                .startsFrom(done, Duration.ZERO)
                .setStyle(ProgressBarStyle.ASCII)
                .showSpeed()
                .setUpdateIntervalMillis(500)
                .build();
    }

    /**
     * Tells how far it is.
     *
     * @param done how much is done, with what earlier sessions did
     * @param note a few words, such as the loss
     */
    public void at(long done, String note) {
        bar.ifPresent(b -> b.stepTo(done).setExtraMessage(" " + note));
        long now = System.nanoTime();
        if (bar.isEmpty() && now - lastLine >= LINE_EVERY) {
            lastLine = now;
            out.println(line(done, (now - start) / 1e9, note));
        }
    }

    String line(long done, double seconds, String note) {
        double rate = (done - first) / seconds;
        long left = rate > 0 ? Math.round((total - done) / rate) : 0;
        return String.format(
                Locale.ROOT,
                "%s %d/%d %s, %.2f/s, %d:%02d left, %s",
                what,
                done,
                total,
                unit,
                rate,
                left / 60,
                left % 60,
                note);
    }

    @Override
    public void close() {
        bar.ifPresent(ProgressBar::close);
    }
}
