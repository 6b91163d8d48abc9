package dev.glimpse.export;

import static dev.glimpse.error.UserError.require;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.glimpse.bundle.Bundle;
import dev.glimpse.bundle.BundleWriter;
import dev.glimpse.bundle.Golden;
import dev.glimpse.bundle.Labels;
import dev.glimpse.bundle.Manifest;
import dev.glimpse.engine.OrtEngine;
import dev.glimpse.json.Json;
import dev.glimpse.onnx.OnnxGraph;
import dev.glimpse.onnx.OnnxModel;
import dev.glimpse.token.Tokenizer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** A run directory in, a bundle out. */
public final class Exporter {
    private static final String PRECISION = "fp32";
    private static final ObjectWriter COMPACT = Json.mapper().writer().without(SerializationFeature.INDENT_OUTPUT);

    private Exporter() {}

    /**
     * A bundle that was written.
     *
     * @param parameters of each graph, by file name
     */
    public record Exported(Bundle bundle, Map<String, Long> parameters, boolean evaluated) {}

    /**
     * Compiles the student of a run, runs it once on ONNX Runtime and writes the bundle.
     *
     * @param run a finished run directory
     * @param target the bundle's directory: absent, empty, or an older bundle
     * @param name name of the bundle, for people
     * @param halfStorage store the large weights in half precision; the arithmetic stays float
     * @throws dev.glimpse.error.UserError when a file of the run is missing or does not fit the others, or when the graphs
     *     do not give the same rows alone and in a batch
     */
    public static Exported export(Path run, Path target, String name, boolean halfStorage) {
        RunFiles files = new RunFiles(run);
        Graphs compiled = Graphs.compile(files);
        Graphs graphs = halfStorage ? compiled.inHalfStorage() : compiled;
        JsonNode provenance = files.provenance();
        Bundle bundle = BundleWriter.write(target, writer -> {
            addGraphs(writer, graphs);
            addTexts(writer, files, graphs);
            String card = ModelCard.of(name, PRECISION, graphs, provenance);
            writer.add("MODEL_CARD.md", card.getBytes(StandardCharsets.UTF_8));
            return manifest(name, graphs, writer.files(), provenance);
        });
        Map<String, Long> parameters = new TreeMap<>();
        graphs.models().forEach((file, model) -> parameters.put(file, model.parameters()));
        return new Exported(bundle, parameters, files.isEvaluated());
    }

    private static void addGraphs(BundleWriter writer, Graphs graphs) throws IOException {
        for (Map.Entry<String, OnnxModel> graph : graphs.models().entrySet()) {
            writer.add(graph.getKey(), graph.getValue().bytes());
        }
    }

    private static void addTexts(BundleWriter writer, RunFiles files, Graphs graphs) throws IOException {
        Labels labels = files.labels();
        writer.add(Bundle.TOKENIZER, Files.readAllBytes(files.tokenizer()));
        writer.add(Bundle.LABELS, Json.bytes(labels));
        writer.add(Bundle.ANSWERS, Json.bytes(files.answers()));
        try (Tokenizer tokenizer = Tokenizer.load(files.tokenizer());
                OrtEngine engine = new OrtEngine(1)) {
            require(
                    tokenizer.vocabulary() == graphs.fusion().vocabulary(),
                    "%s: expected %d word pieces, as the checkpoints have, found %d",
                    files.tokenizer(),
                    graphs.fusion().vocabulary(),
                    tokenizer.vocabulary());
            Map<String, Golden> runs = new GoldenRuns(engine, graphs).record(tokenizer, labels);
            for (Map.Entry<String, Golden> run : runs.entrySet()) {
                writer.add(run.getKey(), COMPACT.writeValueAsBytes(run.getValue()));
            }
        }
    }

    private static Manifest manifest(
            String name, Graphs graphs, Map<String, Manifest.FileEntry> files, JsonNode provenance) {
        Map<String, Manifest.Graph> contracts = new TreeMap<>();
        graphs.models().forEach((file, model) -> contracts.put(file, model.contract()));
        return new Manifest(
                Manifest.FORMAT_VERSION,
                name,
                Manifest.KIND,
                PRECISION,
                OnnxGraph.OPSET,
                graphs.detector(),
                graphs.fusion(),
                graphs.layout(),
                files,
                contracts,
                provenance);
    }
}
