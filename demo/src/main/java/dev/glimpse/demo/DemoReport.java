package dev.glimpse.demo;

import java.util.Locale;

/**
 * What came out of a demo; {@code --report} writes it as JSON.
 *
 * @param sent frames that the broker took
 * @param received frames that reached the runtime
 * @param captions frames with a committed caption
 * @param skipped frames with a committed skip
 * @param rejected frames with a committed rejection
 * @param captionsPerSecond committed captions per second, from the start of the cameras to the last caption
 * @param latencyMs from capture to committed caption, as a reader of committed records sees it
 * @param cider CIDEr-D of the captions against the truth of the scenes, 1.0 = 100 points
 * @param peakRssMb most memory that the whole process had, in MiB
 * @param bundle the model at work
 */
record DemoReport(
        long sent,
        long received,
        long captions,
        long skipped,
        long rejected,
        double captionsPerSecond,
        Latency latencyMs,
        double cider,
        long peakRssMb,
        Bundle bundle) {
    /** Milliseconds that half, nine in ten and ninety-nine in a hundred captions took at most. */
    record Latency(long p50, long p90, long p99) {}

    /** Name and digest of a bundle. */
    record Bundle(String name, String digest) {}

    /** The report for people, one figure a line. */
    String text() {
        return String.format(
                Locale.ROOT,
                """
                sent        %d frames
                captions    %d (%.1f %%), %.1f a second
                skipped     %d
                rejected    %d
                latency     p50 %d ms, p90 %d ms, p99 %d ms from capture to committed caption
                CIDEr-D     %.3f against the truth of the scenes
                memory      %d MB at most, broker and cameras included
                bundle      %s %s
                """,
                sent,
                captions,
                100.0 * captions / Math.max(1, sent),
                captionsPerSecond,
                skipped,
                rejected,
                latencyMs.p50(),
                latencyMs.p90(),
                latencyMs.p99(),
                cider,
                peakRssMb,
                bundle.name(),
                bundle.digest().substring(0, Math.min(12, bundle.digest().length())));
    }
}
