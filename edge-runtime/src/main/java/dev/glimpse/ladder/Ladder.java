package dev.glimpse.ladder;

import java.util.concurrent.atomic.LongAdder;

/**
 * Decides the level from the frames that were lost to load and from how busy the engine is, seen in windows of half a
 * second. Down when too many are lost for long enough, up when none is lost and there is room for longer; a level that
 * just fits keeps, since its engine is busy.
 *
 * <p>Frames and busy time may be told by any thread; {@link #tick} belongs to one.
 */
public final class Ladder {
    private static final long WINDOW_NANOS = 500_000_000;

    private final LadderSettings settings;
    private final Listener listener;
    private final LongAdder frames = new LongAdder();
    private final LongAdder lost = new LongAdder();
    private final LongAdder busyNanos = new LongAdder();
    private long windowStart;
    private long overloadedNanos;
    private long relaxedNanos;
    private volatile Level level = Level.FULL;

    public Ladder(LadderSettings settings, long nowNanos, Listener listener) {
        this.settings = settings;
        this.windowStart = nowNanos;
        this.listener = listener;
    }

    /** Told of every change, by the thread that ticks. */
    @FunctionalInterface
    public interface Listener {
        void changed(Level from, Level to, String why);
    }

    public Level level() {
        return level;
    }

    /** A frame came in. */
    public void received() {
        frames.increment();
    }

    /** A frame could not be looked at for lack of time or room. */
    public void lost() {
        lost.increment();
    }

    /** The engine worked for so long. */
    public void busy(long nanos) {
        busyNanos.add(nanos);
    }

    /** Ends a window when it is time. */
    public void tick(long nowNanos) {
        long span = nowNanos - windowStart;
        if (span < WINDOW_NANOS) {
            return;
        }
        windowStart = nowNanos;
        long lostNow = lost.sumThenReset();
        long lostPercent = 100 * lostNow / Math.max(1, Math.max(lostNow, frames.sumThenReset()));
        long busyPercent = 100 * busyNanos.sumThenReset() / span;
        boolean overloaded = lostPercent >= settings.overloadPercent();
        boolean relaxed = lostNow == 0 && busyPercent <= settings.busyPercent();
        overloadedNanos = overloaded ? overloadedNanos + span : 0;
        relaxedNanos = relaxed ? relaxedNanos + span : 0;
        if (overloadedNanos >= settings.downMillis() * 1_000_000L && level.number() < settings.lowest()) {
            step(1, lostPercent + " % of the frames were lost to load");
        } else if (relaxedNanos >= settings.upMillis() * 1_000_000L && level != Level.FULL) {
            step(-1, "the engine is busy for " + busyPercent + " % of the time");
        }
    }

    private void step(int by, String why) {
        Level from = level;
        level = Level.values()[from.ordinal() + by];
        overloadedNanos = 0;
        relaxedNanos = 0;
        listener.changed(from, level, why);
    }
}
