package dev.glimpse.streaming;

import static dev.glimpse.error.UserError.require;

import dev.glimpse.atomic.AtomicDirectory;
import dev.glimpse.bench.Machine;
import dev.glimpse.bundle.Bundle;
import dev.glimpse.bundle.BundleReader;
import dev.glimpse.captioner.BundleCaptioner;
import dev.glimpse.captioner.DefaultBundle;
import dev.glimpse.captioner.EngineOption;
import dev.glimpse.cli.Cli;
import dev.glimpse.demo.BrokerLog;
import dev.glimpse.json.Json;
import dev.glimpse.pipeline.Pipeline;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code glimpse bench stream}: a bundle in, what streaming costs it on this machine out. */
@Command(
        name = "stream",
        description = {
            "Measure what streaming costs: one pipeline in a plain loop over pictures, and behind Kafka with transactions, "
                    + "in turns. The broker is a process of its own on this machine.",
            "Throughput with frames that wait in their topic; latency at half of it; what standing questions add to a frame. "
                    + "Pictures are drawn, 320 x 240. docs/benchmarks/streaming.md explains the figures."
        },
        sortOptions = false)
@SuppressWarnings("NullAway.Init") // picocli fills the fields before call()
public final class StreamCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(
            names = "--bundle",
            paramLabel = "DIR",
            description = "Bundle, directory or zip; default: the repository's.")
    private Optional<Path> bundle = Optional.empty();

    @Mixin
    private EngineOption engine;

    @Option(
            names = "--threads",
            paramLabel = "N",
            defaultValue = "2",
            description = "Processor threads of one network; default: ${DEFAULT-VALUE}.")
    private int threads;

    @Option(
            names = "--batch",
            paramLabel = "B",
            defaultValue = "8",
            description = "Pictures the engine looks at together at most; default: ${DEFAULT-VALUE}.")
    private int batch;

    @Option(
            names = "--seconds",
            paramLabel = "S",
            defaultValue = "20",
            description =
                    "Time of each run, about; latency is measured for four times as long. Default: ${DEFAULT-VALUE}.")
    private double seconds;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "3",
            description = "Runs of each kind, in turns; default: ${DEFAULT-VALUE}.")
    private int rounds;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the figures as a JSON list, too.")
    private Optional<Path> json = Optional.empty();

    @Option(names = "--check", description = "Exit code 1 when a figure is not as required.")
    private boolean check;

    public static void main(String[] arguments) {
        Cli.main(new StreamCommand(), arguments);
    }

    @Override
    public Integer call() throws IOException, InterruptedException, ExecutionException {
        require(threads >= 1 && threads <= 256, "--threads: expected 1 to 256, found %d", threads);
        StreamSettings settings = new StreamSettings(seconds, rounds, batch);
        PrintWriter out = spec.commandLine().getOut();
        Path folder = Files.createTempDirectory("glimpse-stream-");
        BrokerLog.to(folder.resolve("clients.log"), "dev.glimpse.kafka");
        List<StreamResult> results = new ArrayList<>();
        try (StreamBench bench = StreamBench.start(settings, folder, this::open)) {
            out.println("broker and edge loop log to " + folder + ", which goes when all went well");
            out.printf(
                    "%s, %d threads, batches of up to %d, model %.12s, pictures of %d bytes%n%s, %d rounds%n",
                    bench.model().engine(),
                    threads,
                    batch,
                    bench.model().digest(),
                    bench.pictureBytes(),
                    Machine.read().processor(),
                    rounds);
            StreamResult.Throughput throughput = bench.throughput();
            tell(throughput, results);
            tell(bench.halfLoad(throughput.streamed().median()), results);
            tell(bench.questions(), results);
        }
        AtomicDirectory.delete(folder);
        json.ifPresent(file ->
                Json.write(file, results.stream().map(StreamResult::json).toList()));
        return check && !results.stream().allMatch(StreamResult::met) ? 1 : 0;
    }

    /** Runs on the pipeline's engine thread, which closes what it opens. */
    private Pipeline.Opening open() {
        Bundle opened = BundleReader.open(bundle.orElseGet(DefaultBundle::path));
        BundleCaptioner captioner = engine.captioner(opened, threads, 1);
        try {
            return new Pipeline.Opening(captioner.load(), opened.manifest().precision());
        } catch (RuntimeException e) {
            captioner.close();
            throw e;
        }
    }

    private void tell(StreamResult result, List<StreamResult> results) {
        results.add(result);
        PrintWriter out = spec.commandLine().getOut();
        out.print(result.table());
        out.printf("%s: %s%n%n", result.met() ? "as required" : "MISSED", result.requirement());
        out.flush();
    }
}
