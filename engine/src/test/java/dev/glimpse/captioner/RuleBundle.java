package dev.glimpse.captioner;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.glimpse.bundle.Answers;
import dev.glimpse.bundle.Bundle;
import dev.glimpse.bundle.BundleWriter;
import dev.glimpse.bundle.Certificate;
import dev.glimpse.bundle.Golden;
import dev.glimpse.bundle.Labels;
import dev.glimpse.bundle.Manifest;
import dev.glimpse.bundle.Manifest.Graph;
import dev.glimpse.bundle.Manifest.TensorContract;
import dev.glimpse.bundle.Temperatures;
import dev.glimpse.json.Json;
import dev.glimpse.size.DetectorSize;
import dev.glimpse.size.FusionSize;
import dev.glimpse.size.TokenLayout;
import dev.glimpse.token.WordPieceVocabulary;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A bundle whose graphs follow simple rules instead of weights ({@code graphs/make.py} says which): a caption names the
 * colours of the picture, the strongest first.
 */
public final class RuleBundle {
    static final List<String> PIECES =
            List.of("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "red", "green", "kite", "##s", "what", "is", "it");

    private static final TensorContract BOXES = floats("boxes", -1, 3, 4);
    private static final TensorContract SCORES = floats("scores", -1, 3);
    private static final TensorContract FEATURES = floats("features", -1, 3, 2);
    private static final List<TensorContract> CONTEXT = List.of(
            floats("context_keys", -1, 1, 1, 8, 1),
            floats("context_values", -1, 1, 1, 8, 1),
            floats("context_mask", -1, 8));

    private RuleBundle() {}

    public static final Map<String, Graph> GRAPHS = Map.of(
            Bundle.DETECTOR,
            new Graph(
                    List.of(new TensorContract("picture", "uint8", List.of(-1, 32, 32, 3)), floats("size", -1, 2)),
                    List.of(BOXES, SCORES, longs("classes", -1, 3), FEATURES, floats("attributes", -1, 3, 1))),
            Bundle.ENCODE,
            new Graph(List.of(longs("tags", -1, 5), BOXES, SCORES, FEATURES), CONTEXT),
            Bundle.STEP,
            new Graph(
                    List.of(
                            longs("tokens", -1, 2),
                            longs("position", 1),
                            longs("parent", -1),
                            floats("keys", -1, 1, 1, 6, 1),
                            floats("values", -1, 1, 1, 6, 1),
                            CONTEXT.get(0),
                            CONTEXT.get(1),
                            CONTEXT.get(2)),
                    List.of(
                            floats("logits", -1, 12),
                            floats("keys_out", -1, 1, 1, 6, 1),
                            floats("values_out", -1, 1, 1, 6, 1),
                            floats("attention", -1, 8))),
            Bundle.ANSWER,
            new Graph(
                    List.of(longs("question", -1, 5), BOXES, SCORES, FEATURES),
                    List.of(floats("logits", -1, 3), floats("evidence", -1, 3))));

    private static TensorContract floats(String name, Integer... shape) {
        return new TensorContract(name, "float", List.of(shape));
    }

    private static TensorContract longs(String name, Integer... shape) {
        return new TensorContract(name, "int64", List.of(shape));
    }

    /**
     * Writes the bundle.
     *
     * @param graphs what the manifest says of the graphs
     * @param goldens recorded runs to add, at most one per graph
     */
    public static Bundle write(Path target, Map<String, Graph> graphs, Golden... goldens) {
        return BundleWriter.write(target, bundle -> {
            for (String graph : GRAPHS.keySet()) {
                bundle.add(graph, resource(graph));
            }
            Path tokenizer = Files.createTempFile("tokenizer", ".json");
            WordPieceVocabulary.write(tokenizer, PIECES);
            bundle.add(Bundle.TOKENIZER, Files.readAllBytes(tokenizer));
            Files.delete(tokenizer);
            bundle.add(Bundle.LABELS, Json.bytes(new Labels(List.of("red", "green", "kites"), List.of("bright"))));
            bundle.add(Bundle.ANSWERS, Json.bytes(new Answers(List.of("many", "bright", "never"))));
            bundle.add(
                    Bundle.CERTIFICATE,
                    Json.bytes(new Certificate(
                            "fp32",
                            "",
                            List.of(),
                            List.of(),
                            Map.of(),
                            Map.of(),
                            JsonNodeFactory.instance.objectNode())));
            for (Golden golden : goldens) {
                bundle.add(Bundle.GOLDEN + golden.graph().replace(".onnx", ".json"), Json.bytes(golden));
            }
            return manifest(bundle.files(), graphs);
        });
    }

    private static byte[] resource(String graph) {
        try (InputStream in = Objects.requireNonNull(RuleBundle.class.getResourceAsStream("/graphs/" + graph))) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Manifest manifest(Map<String, Manifest.FileEntry> files, Map<String, Graph> graphs) {
        DetectorSize.Backbone backbone =
                new DetectorSize.Backbone(DetectorSize.BackboneKind.PLAIN, 4, List.of(4, 4, 4, 4), List.of(0, 0, 0, 0));
        return new Manifest(
                Manifest.FORMAT_VERSION,
                "rules",
                Manifest.KIND,
                "fp32",
                17,
                new DetectorSize(32, 32, backbone, 4, 1, 4, 8, 8, 32, 2, 2, 3, .1, 3, 1, 2, 2),
                new FusionSize(1, 1, 1, 1, 12, 11, 2, 3),
                new TokenLayout(6, 5, 3, 5),
                Temperatures.NONE,
                files,
                graphs,
                JsonNodeFactory.instance.objectNode());
    }
}
