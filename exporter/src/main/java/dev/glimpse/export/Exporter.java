package dev.glimpse.export;

import static dev.glimpse.error.UserError.require;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.glimpse.atomic.AtomicDirectory;
import dev.glimpse.bundle.Bundle;
import dev.glimpse.bundle.BundleWriter;
import dev.glimpse.bundle.Certificate;
import dev.glimpse.bundle.Certificate.Confidence;
import dev.glimpse.bundle.Golden;
import dev.glimpse.bundle.Labels;
import dev.glimpse.bundle.Manifest;
import dev.glimpse.bundle.Temperatures;
import dev.glimpse.engine.Engine;
import dev.glimpse.engine.OrtEngine;
import dev.glimpse.error.UserError;
import dev.glimpse.heldout.Results;
import dev.glimpse.heldout.Split;
import dev.glimpse.json.Json;
import dev.glimpse.onnx.HalfStorage;
import dev.glimpse.onnx.OnnxGraph;
import dev.glimpse.onnx.OnnxModel;
import dev.glimpse.precision.HalfArithmetic;
import dev.glimpse.token.Tokenizer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** A run directory in, a bundle with its certificate out. */
public final class Exporter {
    private static final ObjectWriter COMPACT = Json.mapper().writer().without(SerializationFeature.INDENT_OUTPUT);

    private final RunFiles run;
    private final ExportSettings settings;
    private final Consumer<String> log;
    private final Graphs floats;
    private final Map<String, Golden> floatRuns;

    private Exporter(RunFiles run, ExportSettings settings, Consumer<String> log) {
        this.run = run;
        this.settings = settings;
        this.log = log;
        this.floats = Graphs.compile(run);
        this.floatRuns = golden(floats, Precision.FP32);
    }

    /**
     * A bundle that was written.
     *
     * @param parameters of each graph, by file name
     */
    public record Exported(Bundle bundle, Map<String, Long> parameters, boolean evaluated) {}

    /**
     * Compiles the student of a run, runs it on ONNX Runtime and writes the bundle.
     *
     * @param run a finished run directory
     * @param target the bundle's directory: absent, empty, or an older bundle
     * @param log takes one line about each thing measured
     * @throws dev.glimpse.error.UserError when a file of the run is missing or does not fit the others, when int8 is asked
     *     for without pictures, or when the graphs do not give the same rows alone and in a batch
     */
    public static Exported export(Path run, Path target, ExportSettings settings, Consumer<String> log) {
        require(
                settings.precision() != Precision.INT8 || settings.data().isPresent(),
                "%s: expected a data folder to calibrate int8 with, found none. Name it with --data.",
                run);
        Exporter exporter = new Exporter(new RunFiles(run), settings, log);
        return settings.data().isPresent()
                ? exporter.measured(target, settings.data().get())
                : exporter.unmeasured(target);
    }

    private Exported unmeasured(Path target) {
        Graphs graphs = rewritten();
        Certificate certificate =
                certificate("", graphs, List.of(), Map.of(), Json.mapper().createObjectNode());
        return written(target, graphs, certificate, settings);
    }

    /** Graphs whose precision needs no pictures. */
    private Graphs rewritten() {
        return switch (settings.precision()) {
            case FP32 -> settings.halfStorage() ? floats.with(HalfStorage::of) : floats;
            case FP16 -> floats.with(HalfArithmetic::of);
            case INT8 -> throw new IllegalStateException("int8 needs pictures");
        };
    }

    private Exported measured(Path target, Path data) {
        Path folder = temporary();
        try {
            Path whole = folder.resolve("float");
            ExportSettings plain = ExportSettings.unmeasured(settings.name());
            Certificate none =
                    certificate("", floats, List.of(), Map.of(), Json.mapper().createObjectNode());
            written(whole, floats, none, plain).bundle().close();
            Trial trial = new Trial(whole, floats.models());
            Graphs graphs;
            ObjectNode rounding = Json.mapper().createObjectNode();
            if (settings.precision() == Precision.INT8) {
                Rounding found = Rounding.of(trial, data, settings, log);
                graphs = floats.with(found.models());
                rounding = found.report();
            } else {
                graphs = rewritten();
            }
            Certificate certificate = measuredCertificate(trial, graphs, data, rounding);
            return written(target, graphs, certificate, settings);
        } finally {
            delete(folder);
        }
    }

    private Certificate measuredCertificate(Trial trial, Graphs graphs, Path data, JsonNode rounding) {
        Map<String, Results> results = new LinkedHashMap<>();
        for (String name : HeldOutFigures.SPLITS) {
            if (Split.isIn(data, name)) {
                Results found = trial.run(graphs.models(), Split.read(data, name, settings.pictures()));
                log.accept("%s on %s: CIDEr-D %.4f, VQA %.2f, %d pictures"
                        .formatted(
                                settings.precision().label(),
                                name,
                                found.cider(),
                                found.vqa(),
                                found.captions().size()));
                results.put(name, found);
            }
        }
        require(
                !results.isEmpty(),
                "%s: expected annotations of %s, found none. Name the run's data folder with --data.",
                data,
                HeldOutFigures.SPLITS);
        List<Results> all = new ArrayList<>(results.values());
        Map<String, Confidence> calibration = HeldOutFigures.calibration(all.get(0), all.get(all.size() - 1));
        try (Engine engine = new OrtEngine(1)) {
            return certificate(engine.name(), graphs, all, calibration, rounding);
        }
    }

    private Certificate certificate(
            String engineName,
            Graphs graphs,
            List<Results> results,
            Map<String, Confidence> calibration,
            JsonNode rounding) {
        JsonNode report = run.provenance().path("report");
        List<Certificate.HeldOut> rows = new ArrayList<>(HeldOutFigures.ofReport(report));
        settings.comparison()
                .ifPresent(file -> rows.addAll(HeldOutFigures.ofComparison(
                        file,
                        report.path("splits").path("test").path("pictures").asInt())));
        results.forEach(found -> rows.add(HeldOutFigures.of(found)));
        try (Engine engine = new OrtEngine(1)) {
            return new Certificate(
                    settings.precision().label(),
                    engineName,
                    rows,
                    settings.models()
                            .map(file -> NetworkCosts.read(file, run.parameters()))
                            .orElse(List.of()),
                    Costs.of(engine, floats.models(), floatRuns, graphs.models(), !results.isEmpty()),
                    calibration,
                    rounding);
        }
    }

    private static Temperatures temperatures(Certificate certificate) {
        Confidence caption = certificate.calibration().get("caption");
        Confidence answer = certificate.calibration().get("answer");
        return caption == null || answer == null
                ? Temperatures.NONE
                : new Temperatures(caption.temperature(), answer.temperature());
    }

    private Exported written(Path target, Graphs graphs, Certificate certificate, ExportSettings how) {
        JsonNode provenance = run.provenance();
        Bundle bundle = BundleWriter.write(target, how.key(), writer -> {
            for (Map.Entry<String, OnnxModel> graph : graphs.models().entrySet()) {
                writer.add(graph.getKey(), graph.getValue().bytes());
            }
            writer.add(Bundle.TOKENIZER, Files.readAllBytes(run.tokenizer()));
            writer.add(Bundle.LABELS, Json.bytes(run.labels()));
            writer.add(Bundle.ANSWERS, Json.bytes(run.answers()));
            Map<String, Golden> golden = graphs == floats ? floatRuns : golden(graphs, how.precision());
            for (Map.Entry<String, Golden> recorded : golden.entrySet()) {
                writer.add(recorded.getKey(), COMPACT.writeValueAsBytes(recorded.getValue()));
            }
            writer.add(Bundle.CERTIFICATE, Json.bytes(certificate));
            String card = ModelCard.of(how.name(), graphs, certificate, provenance);
            writer.add("MODEL_CARD.md", card.getBytes(StandardCharsets.UTF_8));
            return manifest(graphs, certificate, writer.files(), provenance);
        });
        Map<String, Long> parameters = new TreeMap<>();
        floats.models().forEach((file, model) -> parameters.put(file, model.parameters()));
        return new Exported(bundle, parameters, run.isEvaluated());
    }

    private Map<String, Golden> golden(Graphs graphs, Precision precision) {
        Labels labels = run.labels();
        try (Tokenizer tokenizer = Tokenizer.load(run.tokenizer());
                OrtEngine engine = new OrtEngine(1)) {
            require(
                    tokenizer.vocabulary() == graphs.fusion().vocabulary(),
                    "%s: expected %d word pieces, as the checkpoints have, found %d",
                    run.tokenizer(),
                    graphs.fusion().vocabulary(),
                    tokenizer.vocabulary());
            return new GoldenRuns(engine, graphs, precision.tolerance()).record(tokenizer, labels);
        }
    }

    private Manifest manifest(
            Graphs graphs, Certificate certificate, Map<String, Manifest.FileEntry> files, JsonNode provenance) {
        Map<String, Manifest.Graph> contracts = new TreeMap<>();
        graphs.models().forEach((file, model) -> contracts.put(file, model.contract()));
        return new Manifest(
                Manifest.FORMAT_VERSION,
                settings.name(),
                Manifest.KIND,
                certificate.precision(),
                OnnxGraph.OPSET,
                graphs.detector(),
                graphs.fusion(),
                graphs.layout(),
                temperatures(certificate),
                files,
                contracts,
                provenance);
    }

    private static Path temporary() {
        try {
            return Files.createTempDirectory("glimpse-export-");
        } catch (IOException e) {
            throw new UserError("no temporary directory could be made: " + e.getMessage(), e);
        }
    }

    private static void delete(Path folder) {
        try {
            AtomicDirectory.delete(folder);
        } catch (IOException e) {
            throw new UserError("cannot remove " + folder + ": " + e.getMessage(), e);
        }
    }
}
