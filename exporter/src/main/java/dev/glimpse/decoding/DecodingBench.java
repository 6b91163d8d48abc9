package dev.glimpse.decoding;

import static dev.glimpse.error.UserError.require;

import dev.glimpse.bench.Spread;
import dev.glimpse.emit.ParameterSource;
import dev.glimpse.engine.Engine;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/**
 * Decodes captions by cached steps and by computing everything anew for each word, in turns, on the calling thread.
 *
 * @param engine works on the calling thread only
 * @param runs of each way that count, after one that does not
 */
record DecodingBench(Engine engine, ParameterSource parameters, DecodingSize size, int words, int runs) {
    /**
     * Measures one batch size.
     *
     * @throws dev.glimpse.error.UserError when the two ways say different words
     */
    DecodingReport.Batch measure(int batch) {
        try (Decoding cached = new CachedDecoding(engine, parameters, size, batch, words);
                Decoding whole = new WholeDecoding(engine, parameters, size, batch, words)) {
            List<Double> cachedMillis = new ArrayList<>();
            List<Double> wholeMillis = new ArrayList<>();
            List<Double> ratios = new ArrayList<>();
            for (int run = 0; run <= runs; run++) {
                Timed steps = Timed.of(cached::decode);
                Timed anew = Timed.of(whole::decode);
                requireSame(batch, steps.captions(), anew.captions());
                if (run > 0) {
                    cachedMillis.add(steps.millis());
                    wholeMillis.add(anew.millis());
                    ratios.add(anew.millis() / steps.millis());
                }
            }
            return new DecodingReport.Batch(batch, Spread.of(cachedMillis), Spread.of(wholeMillis), Spread.of(ratios));
        }
    }

    /** What was said, and the processor time of this thread that it took. */
    @SuppressWarnings("ArrayRecordComponent") // never compared as a record
    private record Timed(int[][] captions, double millis) {
        static Timed of(Supplier<int[][]> decoding) {
            long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            int[][] captions = decoding.get();
            return new Timed(captions, (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start) / 1e6);
        }
    }

    static void requireSame(int batch, int[][] cached, int[][] anew) {
        for (int row = 0; row < cached.length; row++) {
            require(
                    Arrays.equals(cached[row], anew[row]),
                    "batch %d, row %d: expected the same words both ways, found %s by cached steps and %s anew. One of the"
                            + " graphs is wrong, please report it",
                    batch,
                    row,
                    Arrays.toString(cached[row]),
                    Arrays.toString(anew[row]));
        }
    }
}
