package dev.glimpse.decoding;

import static dev.glimpse.error.UserError.require;

import dev.glimpse.atomic.AtomicFile;
import dev.glimpse.bench.Machine;
import dev.glimpse.cli.Cli;
import dev.glimpse.emit.RandomParameters;
import dev.glimpse.engine.OrtEngine;
import dev.glimpse.json.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code glimpse bench decoding}: sizes in, the time of cached steps and of computing everything anew out. */
@Command(
        name = "decoding",
        description = {
            "Measure what the caches of keys and values save: captions by cached steps, and by computing the whole"
                    + " sequence anew for each word, in turns on one processor thread of ONNX Runtime.",
            "Weights are random, so no training is needed; both ways have to say the same words."
        },
        sortOptions = false)
@SuppressWarnings("NullAway.Init") // picocli fills the fields before call()
public final class BenchDecodingCommand implements Callable<Integer> {
    private static final int MOST_WORDS = 256;

    @Spec
    private CommandSpec spec;

    @Parameters(
            arity = "0..1",
            paramLabel = "CONFIG.yaml",
            description = "Settings of a training run, whose sizes are taken. Default: configs/tiny/student.yaml.")
    private Optional<Path> settings = Optional.empty();

    @Option(
            names = "--words",
            paramLabel = "N",
            defaultValue = "20",
            description = "Words of a caption; default: ${DEFAULT-VALUE}.")
    private int words;

    @Option(
            names = "--batch",
            split = ",",
            paramLabel = "B",
            defaultValue = "1,4,16",
            description = "Batch sizes; default: ${DEFAULT-VALUE}.")
    private List<Integer> batches;

    @Option(
            names = "--runs",
            paramLabel = "N",
            defaultValue = "11",
            description = "Runs of each way, after one to warm up; default: ${DEFAULT-VALUE}.")
    private int runs;

    @Option(names = "--json", paramLabel = "FILE", description = "Also write all figures there.")
    private Optional<Path> json = Optional.empty();

    public static void main(String[] arguments) {
        Cli.main(new BenchDecodingCommand(), arguments);
    }

    @Override
    public Integer call() throws IOException {
        require(words > 0 && words <= MOST_WORDS, "--words: expected 1 to %d, found %d", MOST_WORDS, words);
        require(
                !batches.isEmpty() && batches.stream().allMatch(b -> b > 0 && b <= 256),
                "--batch: expected batch sizes of 1 to 256, found %s",
                batches);
        require(runs > 0, "--runs: expected at least 1, found %d", runs);
        Path file = settings.orElseGet(
                () -> Path.of(System.getProperty("glimpse.home", ""), "configs", "tiny", "student.yaml"));
        DecodingSize size = DecodingSize.read(file, words);
        PrintWriter out = spec.commandLine().getOut();
        try (OrtEngine engine = new OrtEngine(1)) {
            DecodingBench bench = new DecodingBench(engine, new RandomParameters(1), size, words, runs);
            List<DecodingReport.Batch> measured = new ArrayList<>();
            DecodingReport report = new DecodingReport(
                    engine.name(),
                    Machine.read().processor(),
                    file.toString(),
                    size.fusion(),
                    size.layout(),
                    words,
                    measured);
            out.println(report.heading());
            for (int batch : batches) {
                measured.add(bench.measure(batch));
                out.println(measured.get(measured.size() - 1).line());
                out.flush();
            }
            if (json.isPresent()) {
                AtomicFile.write(json.get(), Json.bytes(report));
            }
        }
        return 0;
    }
}
