package dev.glimpse.account;

import java.util.Map;
import java.util.TreeMap;

/**
 * The account of one camera, or of all together, at one moment.
 *
 * @param received frames delivered to this process for the first time
 * @param captions frames whose caption is committed
 * @param skipped committed skips by reason
 * @param rejected committed rejections by reason code
 * @param handedOver frames given up unfinished, since their partition went to another worker
 * @param inFlight frames delivered whose outcome is not committed yet
 * @param captionsPerSecond captions committed per second, over the last seconds
 * @param latencyMillis milliseconds from capture to committed caption, over the last seconds
 */
public record Tally(
        long received,
        long captions,
        Map<String, Long> skipped,
        Map<String, Long> rejected,
        long handedOver,
        long inFlight,
        double captionsPerSecond,
        Latency latencyMillis) {
    public Tally {
        skipped = new TreeMap<>(skipped);
        rejected = new TreeMap<>(rejected);
    }

    /** Median, nine tenths and ninety-nine hundredths; all 0 when nothing was captioned lately. */
    public record Latency(double p50, double p90, double p99) {}

    public long skippedInAll() {
        return skipped.values().stream().mapToLong(Long::longValue).sum();
    }

    public long rejectedInAll() {
        return rejected.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Frames that the account cannot explain; 0, or there is a fault. */
    public long unaccounted() {
        return received - captions - skippedInAll() - rejectedInAll() - handedOver - inFlight;
    }
}
