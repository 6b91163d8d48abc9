package dev.glimpse.captioner;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.glimpse.bundle.Bundle;
import dev.glimpse.bundle.BundleReader;
import dev.glimpse.bundle.Manifest;
import dev.glimpse.cli.Cli;
import dev.glimpse.device.TensorRtPresence;
import dev.glimpse.engine.Engine;
import dev.glimpse.engine.OrtEngine;
import dev.glimpse.json.Json;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code glimpse inspect}: a bundle in, what it is and where it comes from out. Refuses a bundle that is not intact. */
@Command(name = "inspect", description = "Show what is in a bundle: sizes, files, digests, origin, certificate.")
@SuppressWarnings("NullAway.Init") // picocli fills the fields before call()
public final class InspectCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(arity = "0..1", paramLabel = "BUNDLE", description = "Directory or zip; default: the repository's.")
    private Optional<Path> bundle;

    @Option(names = "--engines", description = "Also list the engines of this machine, and what is missing for others.")
    private boolean engines;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    public static void main(String[] arguments) {
        Cli.main(new InspectCommand(), arguments);
    }

    @Override
    public Integer call() {
        Path path = bundle.orElseGet(DefaultBundle::path);
        PrintWriter out = spec.commandLine().getOut();
        try (Bundle opened = BundleReader.open(path)) {
            ObjectNode all = describe(path.toAbsolutePath().normalize(), opened);
            if (engines) {
                all.set("engines", engines(opened));
            }
            if (json) {
                out.print(new String(Json.bytes(all), StandardCharsets.UTF_8));
            } else {
                print(out, all, "");
            }
            out.flush();
        }
        return 0;
    }

    /** The manifest, with where it lies, its digest and the sum of all sizes in front, and the certificate behind. */
    private static ObjectNode describe(Path path, Bundle bundle) {
        ObjectNode all = Json.mapper().createObjectNode();
        all.put("path", path.toString())
                .put("digest", bundle.digest())
                .put(
                        "bytes",
                        bundle.manifest().files().values().stream()
                                .mapToLong(Manifest.FileEntry::size)
                                .sum());
        all.setAll((ObjectNode) Json.mapper().valueToTree(bundle.manifest()));
        bundle.certificate()
                .ifPresent(certificate -> all.set("certificate", Json.mapper().valueToTree(certificate)));
        return all;
    }

    /** The engines that this machine has, with the time to load each graph on the processor, and the one that auto takes. */
    private static ObjectNode engines(Bundle bundle) {
        ObjectNode times = Json.mapper().createObjectNode();
        try (Engine engine = new OrtEngine(Runtime.getRuntime().availableProcessors())) {
            ObjectNode graphs = times.putObject(engine.name());
            for (Map.Entry<String, Manifest.Graph> graph :
                    bundle.manifest().graphs().entrySet()) {
                Stopwatch watch = new Stopwatch();
                engine.open(bundle.path(graph.getKey()).toString(), bundle.read(graph.getKey()), graph.getValue())
                        .close();
                graphs.put(graph.getKey(), Math.round(watch.lap()) + " ms to load");
            }
        }
        TensorRtPresence presence = TensorRtPresence.find();
        if (presence.missing().isPresent()) {
            times.put("tensorrt", "not here: " + presence.missing().get());
        } else {
            times.put("tensorrt " + presence.version(), presence.device());
        }
        times.put("auto", presence.missing().isPresent() ? "onnxruntime" : "tensorrt");
        return times;
    }

    /** Prints nested names and values, one value a line; inputs and outputs of graphs as one line each. */
    private static void print(PrintWriter out, JsonNode node, String indent) {
        for (Iterator<Map.Entry<String, JsonNode>> fields = node.fields(); fields.hasNext(); ) {
            Map.Entry<String, JsonNode> field = fields.next();
            JsonNode value = field.getValue();
            if (value.has("sha256")) {
                out.printf(
                        Locale.ROOT,
                        "%s%-22s %,12d bytes  %s%n",
                        indent,
                        field.getKey(),
                        value.path("size").asLong(),
                        value.path("sha256").asText());
            } else if (value.isObject()) {
                out.printf("%s%s%n", indent, field.getKey());
                print(out, value, indent + "  ");
            } else {
                out.printf("%s%-22s %s%n", indent, field.getKey(), value.isArray() ? list(value) : value.asText());
            }
        }
    }

    /** Tensors as {@code name type [shape]}, anything else as JSON. */
    private static String list(JsonNode array) {
        StringBuilder text = new StringBuilder();
        for (JsonNode entry : array) {
            text.append(text.length() == 0 ? "" : ", ")
                    .append(
                            entry.has("shape")
                                    ? entry.path("name").asText() + " "
                                            + entry.path("type").asText() + entry.path("shape")
                                    : entry.isTextual() ? entry.asText() : entry.toString());
        }
        return text.toString();
    }
}
