package dev.glimpse.decoding;

import dev.glimpse.bench.Spread;
import dev.glimpse.size.FusionSize;
import dev.glimpse.size.TokenLayout;
import java.util.List;
import java.util.Locale;

/**
 * What was measured.
 *
 * @param engine name and version
 * @param processor its model, and how many of them this process may use
 * @param settings file that the sizes come from
 * @param layout the tokens of one sequence
 * @param words decoded for each row
 */
record DecodingReport(
        String engine,
        String processor,
        String settings,
        FusionSize fusion,
        TokenLayout layout,
        int words,
        List<Batch> batches) {
    /**
     * One batch size.
     *
     * @param cached milliseconds of processor time for all words of all rows, by cached steps
     * @param anew the same when everything is computed anew for each word
     * @param ratio anew over cached, of each pair of runs
     */
    record Batch(int batch, Spread cached, Spread anew, Spread ratio) {
        String line() {
            return String.format(
                    Locale.ROOT,
                    "%5d  %s  %s  %s",
                    batch,
                    cached.text("%9.2f"),
                    anew.text("%9.2f"),
                    ratio.text("%5.2f"));
        }
    }

    String heading() {
        return String.format(
                Locale.ROOT,
                "%s, 1 thread, %s%n%s: %d layers, %d wide, %d + %d + %d tokens, random weights, %d words%n"
                        + "milliseconds of processor time, median (least .. most); both ways said the same words%n"
                        + "batch  %-33s  %-33s  %s",
                engine,
                processor,
                settings,
                fusion.layers(),
                fusion.width(),
                layout.caption(),
                layout.tags(),
                layout.regions(),
                words,
                "cached steps",
                "anew for each word",
                "times");
    }
}
