package dev.glimpse.bench;

import static dev.glimpse.error.UserError.require;

import dev.glimpse.captioner.BundleCaptioner;
import dev.glimpse.captioner.DefaultBundle;
import dev.glimpse.captioner.EngineOption;
import dev.glimpse.captioner.Sight;
import dev.glimpse.cli.Cli;
import dev.glimpse.picture.Picture;
import dev.glimpse.picture.PictureDecoder;
import dev.glimpse.picture.PictureException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code glimpse bench pictures}: a bundle in, milliseconds per picture of each stage out, on one thread that does everything. */
@Command(
        name = "pictures",
        description = "Measure a bundle on this machine: decoding the JPEG, letterbox, detector, encode, words.",
        sortOptions = false)
@SuppressWarnings("NullAway.Init") // picocli fills the fields before call()
public final class BenchPicturesCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(
            arity = "0..*",
            paramLabel = "PICTURE",
            description = "JPEG or PNG files to caption; default: drawn shapes, 640 x 480.")
    private List<Path> files = new ArrayList<>();

    @Option(
            names = "--bundle",
            paramLabel = "DIR",
            description = "Bundle, directory or zip; default: the repository's.")
    private Optional<Path> bundle;

    @Option(
            names = "--batch",
            split = ",",
            paramLabel = "B",
            defaultValue = "1,4,16",
            description = "Batch sizes; default: ${DEFAULT-VALUE}.")
    private List<Integer> batches;

    @Option(
            names = "--threads",
            paramLabel = "N",
            defaultValue = "1",
            description = "Processor threads of one network; default: ${DEFAULT-VALUE}.")
    private int threads;

    @Mixin
    private EngineOption engine;

    @Option(names = "--beams", paramLabel = "N", defaultValue = "1", description = "Hypotheses per caption.")
    private int beams;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "5",
            description = "Measured time per batch size, after a second of warm-up; default: ${DEFAULT-VALUE}.")
    private int seconds;

    public static void main(String[] arguments) {
        Cli.main(new BenchPicturesCommand(), arguments);
    }

    @Override
    public Integer call() throws IOException, PictureException {
        require(batches.stream().allMatch(b -> b > 0), "batch sizes must be positive, were %s", batches);
        List<byte[]> encoded = DrawnPictures.encoded(files);
        PrintWriter out = spec.commandLine().getOut();
        try (BundleCaptioner captioner = engine.captioner(bundle.orElseGet(DefaultBundle::path), threads, beams)) {
            out.printf("%s, %d threads, model %.12s%n", captioner.engine(), threads, captioner.modelDigest());
            out.println("milliseconds per picture, mean; processor: time on all cores, whatever else the machine does");
            out.println("batch    jpeg letterbox detector   encode   words    all processor captions/s words/caption");
            for (int batch : batches) {
                run(captioner, encoded, batch, 1);
                Totals totals = run(captioner, encoded, batch, seconds);
                out.println(totals.line(batch));
                out.flush();
            }
        }
        return 0;
    }

    private Totals run(BundleCaptioner captioner, List<byte[]> encoded, int batch, int seconds)
            throws PictureException {
        Totals totals = new Totals();
        long busy = processorNanos();
        long end = System.nanoTime() + seconds * 1_000_000_000L;
        int next = 0;
        while (System.nanoTime() < end) {
            long start = System.nanoTime();
            List<Picture> pictures = new ArrayList<>();
            for (int i = 0; i < batch; i++) {
                pictures.add(PictureDecoder.decode(encoded.get(next++ % encoded.size())));
            }
            long decoded = System.nanoTime();
            List<Sight> sights = captioner.look(pictures);
            totals.add(sights, (decoded - start) / 1e6, (System.nanoTime() - decoded) / 1e6);
        }
        totals.processor = (processorNanos() - busy) / 1e6;
        return totals;
    }

    /** Processor time of this process so far, in nanoseconds. */
    private static long processorNanos() {
        return ProcessHandle.current()
                .info()
                .totalCpuDuration()
                .orElse(Duration.ZERO)
                .toNanos();
    }

    /** Sums over the batches of one size. */
    private static final class Totals {
        private int pictures;
        private int words;
        private double jpeg;
        private double prepare;
        private double detect;
        private double encode;
        private double decode;
        private double all;
        private double processor;

        void add(List<Sight> sights, double jpegMillis, double lookMillis) {
            Sight.Timings timings = sights.get(0).timings();
            pictures += sights.size();
            words += sights.stream().mapToInt(s -> s.caption().words().size()).sum();
            jpeg += jpegMillis;
            prepare += timings.prepare();
            detect += timings.detect();
            encode += timings.encode();
            decode += timings.decode();
            all += jpegMillis + lookMillis;
        }

        String line(int batch) {
            return String.format(
                    Locale.ROOT,
                    "%5d %7.2f %9.2f %8.2f %8.2f %7.2f %6.2f %9.2f %10.1f %13.1f",
                    batch,
                    jpeg / pictures,
                    prepare / pictures,
                    detect / pictures,
                    encode / pictures,
                    decode / pictures,
                    all / pictures,
                    processor / pictures,
                    1000 * pictures / all,
                    (double) words / pictures);
        }
    }
}
