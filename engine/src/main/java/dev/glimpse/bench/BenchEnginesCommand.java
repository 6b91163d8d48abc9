package dev.glimpse.bench;

import static dev.glimpse.error.UserError.require;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.glimpse.atomic.AtomicDirectory;
import dev.glimpse.atomic.AtomicFile;
import dev.glimpse.captioner.DefaultBundle;
import dev.glimpse.captioner.Engines;
import dev.glimpse.device.EngineName;
import dev.glimpse.device.TensorRtPresence;
import dev.glimpse.json.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code glimpse bench engines}: bundles in, one table for each bundle on each engine of this machine out. */
@Command(
        name = "engines",
        description =
                "Measure bundles on every engine of this machine: opening, difference from the exporter's outputs,"
                        + " latency of each graph and of whole pictures, memory. A bundle has one precision: name several.",
        sortOptions = false)
@SuppressWarnings("NullAway.Init") // picocli fills the fields before call()
public final class BenchEnginesCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(
            names = "--bundle",
            paramLabel = "DIR",
            description = "Bundle, directory or zip; may be given several times. Default: the repository's.")
    private List<Path> bundles = new ArrayList<>();

    @Option(
            names = "--batch",
            split = ",",
            paramLabel = "B",
            defaultValue = "1,4,16",
            description = "Batch sizes; default: ${DEFAULT-VALUE}.")
    private List<Integer> batches;

    @Option(
            names = "--seconds",
            paramLabel = "S",
            defaultValue = "2",
            description = "Time for each figure, after a fifth of it as warm-up; default: ${DEFAULT-VALUE}.")
    private double seconds;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Processor threads of onnxruntime; default: all processors.")
    private Optional<Integer> threads;

    @Option(names = "--json", paramLabel = "FILE", description = "Also write all figures there.")
    private Optional<Path> json;

    @Override
    public Integer call() throws IOException {
        require(
                !batches.isEmpty() && batches.stream().allMatch(b -> b > 0 && b <= 256),
                "batch sizes are 1 to 256, were %s",
                batches);
        require(seconds > 0 && seconds <= 600, "seconds are above 0 and up to 600, was %s", seconds);
        PrintWriter out = spec.commandLine().getOut();
        TensorRtPresence presence = TensorRtPresence.find();
        presence.missing().ifPresent(missing -> out.println("without tensorrt: " + missing));
        List<EngineReport> reports = new ArrayList<>();
        EngineBench bench = new EngineBench(batches.stream().sorted().toList(), seconds);
        for (Path bundle : bundles.isEmpty() ? List.of(DefaultBundle.path()) : bundles) {
            for (EngineName name : engines(presence)) {
                EngineReport report = measure(bench, bundle, name);
                reports.add(report);
                out.print(report.table());
                out.flush();
            }
        }
        if (json.isPresent()) {
            write(json.get(), presence, reports);
        }
        return 0;
    }

    /** On TensorRT nothing that was kept is used, so that compiling is measured as well. */
    private EngineReport measure(EngineBench bench, Path bundle, EngineName name) throws IOException {
        if (name == EngineName.ONNXRUNTIME) {
            return bench.run(bundle, opened -> Engines.open(wish(name), opened).engine());
        }
        Path plans = Files.createTempDirectory("glimpse-plans"); // of mode 0700
        try {
            return bench.run(bundle, opened -> Engines.tensorRt(wish(name), opened, plans));
        } finally {
            AtomicDirectory.delete(plans);
        }
    }

    private static List<EngineName> engines(TensorRtPresence presence) {
        return presence.missing().isPresent()
                ? List.of(EngineName.ONNXRUNTIME)
                : List.of(EngineName.ONNXRUNTIME, EngineName.TENSORRT);
    }

    private Engines.Wish wish(EngineName name) {
        PrintWriter err = spec.commandLine().getErr();
        return new Engines.Wish(
                name, threads.orElse(Runtime.getRuntime().availableProcessors()), Engines.WORKSPACE_MEGABYTES, note -> {
                    err.println("glimpse: " + note);
                    err.flush();
                });
    }

    private static void write(Path file, TensorRtPresence presence, List<EngineReport> reports) throws IOException {
        ObjectNode all = Json.mapper().createObjectNode();
        presence.missing().ifPresent(missing -> all.put("withoutTensorrt", missing));
        ArrayNode array = all.putArray("reports");
        for (EngineReport report : reports) {
            ObjectNode node = Json.mapper().valueToTree(report);
            node.put("summary", report.summary());
            array.add(node);
        }
        AtomicFile.write(file, Json.bytes(all));
    }
}
