package dev.glimpse.account;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Counts frames in and outcomes out, per camera. Only so many cameras get an account of their own; the others share one,
 * so that invented names cannot fill the memory.
 *
 * <p>Thread-safe.
 */
public final class Account {
    /** The shared account of cameras beyond the limit. */
    public static final String OTHERS = "(others)";

    /** The account of records without a readable camera. */
    public static final String NOBODY = "(unknown)";

    private final int cameras;
    private final LongSupplier nanos;
    private final Count total;
    private final Map<String, Count> counts = new LinkedHashMap<>();
    private long passedOver;

    /**
     * @param cameras cameras with an account of their own
     * @param nanos the clock, as {@link System#nanoTime}
     */
    public Account(int cameras, LongSupplier nanos) {
        this.cameras = cameras;
        this.nanos = nanos;
        this.total = new Count();
    }

    private static final class Count {
        private static final Duration WINDOW = Duration.ofSeconds(5);

        final Map<String, Long> skipped = new LinkedHashMap<>();
        final Map<String, Long> rejected = new LinkedHashMap<>();
        final Recent recent = new Recent(WINDOW, 2048);
        long received;
        long captions;
        long handedOver;
        long inFlight;

        Tally tally(long now) {
            return new Tally(
                    received,
                    captions,
                    skipped,
                    rejected,
                    handedOver,
                    inFlight,
                    recent.perSecond(now),
                    recent.latency(now));
        }
    }

    private interface Change {
        void on(Count count);
    }

    /** A frame was delivered for the first time. */
    public void received(String camera) {
        change(camera, count -> {
            count.received++;
            count.inFlight++;
        });
    }

    /** A caption was committed. */
    public void captioned(String camera, Duration latency) {
        long now = nanos.getAsLong();
        change(camera, count -> {
            count.captions++;
            count.inFlight--;
            count.recent.add(now, latency.toNanos() / 1e6);
        });
    }

    /** A skip was committed. */
    public void skipped(String camera, String reason) {
        change(camera, count -> {
            count.skipped.merge(reason, 1L, Long::sum);
            count.inFlight--;
        });
    }

    /** A rejection was committed. */
    public void rejected(String camera, String code) {
        change(camera, count -> {
            count.rejected.merge(code, 1L, Long::sum);
            count.inFlight--;
        });
    }

    /** A frame was given up unfinished: another worker has it now. */
    public void handedOver(String camera) {
        change(camera, count -> {
            count.handedOver++;
            count.inFlight--;
        });
    }

    /**
     * A stretch of a partition was skipped unread, and that is committed. Nobody knows whose frames were in it, so it stands
     * beside the account, not in it.
     *
     * @param offsets how many
     */
    public synchronized void passedOver(long offsets) {
        passedOver += offsets;
    }

    /** Offsets skipped unread so far. */
    public synchronized long passedOver() {
        return passedOver;
    }

    public synchronized Tally total() {
        return total.tally(nanos.getAsLong());
    }

    /** The accounts of the cameras, in the order in which they appeared. */
    public synchronized Map<String, Tally> cameras() {
        long now = nanos.getAsLong();
        Map<String, Tally> tallies = new LinkedHashMap<>();
        counts.forEach((camera, count) -> tallies.put(camera, count.tally(now)));
        return tallies;
    }

    /** The name under which a camera is counted. */
    public synchronized String label(String camera) {
        return counts.containsKey(camera) || counts.size() < cameras ? camera : OTHERS;
    }

    private synchronized void change(String camera, Change change) {
        change.on(total);
        change.on(counts.computeIfAbsent(label(camera), name -> new Count()));
    }
}
