package dev.glimpse.bundle;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.glimpse.json.Json;
import dev.glimpse.size.DetectorSize;
import dev.glimpse.size.FusionSize;
import dev.glimpse.size.TokenLayout;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A well-formed bundle whose graphs are empty ONNX models: enough for everything but running it. */
final class TinyBundle {
    /** An ONNX model that says only {@code ir_version: 8}. */
    static final byte[] EMPTY_MODEL = {0x08, 0x08};

    static final List<String> GRAPHS = List.of(Bundle.DETECTOR, Bundle.ENCODE, Bundle.STEP, Bundle.ANSWER);

    static final DetectorSize DETECTOR = new DetectorSize(
            64,
            32,
            new DetectorSize.Backbone(DetectorSize.BackboneKind.PLAIN, 4, List.of(4, 4, 4, 4), List.of(0, 0, 0, 0)),
            4,
            1,
            4,
            8,
            8,
            32,
            2,
            6,
            3,
            .1,
            2,
            1,
            2,
            2);
    static final FusionSize FUSION = new FusionSize(1, 4, 2, 8, 10, 12, 6, 2);
    static final TokenLayout LAYOUT = new TokenLayout(4, 3, 3, 4);

    private TinyBundle() {}

    static Bundle write(Path target) {
        return BundleWriter.write(target, bundle -> {
            addAll(bundle);
            return manifest(bundle.files());
        });
    }

    /** Writes the digest of a manifest that was changed by hand. */
    static void seal(Path bundle) throws IOException {
        byte[] manifest = Files.readAllBytes(bundle.resolve(Bundle.MANIFEST));
        Files.write(bundle.resolve(Bundle.MANIFEST_DIGEST), ManifestSeal.digestFile(manifest));
    }

    static void addAll(BundleWriter bundle) throws IOException {
        addAll(bundle, EMPTY_MODEL);
    }

    /** All files, with the same ONNX model for every graph. */
    static void addAll(BundleWriter bundle, byte[] model) throws IOException {
        addAll(bundle, model, certificate());
    }

    /** All files, with what stands for the certificate. */
    static void addAll(BundleWriter bundle, byte[] model, Object certificate) throws IOException {
        for (String graph : GRAPHS) {
            bundle.add(graph, model);
        }
        bundle.add(Bundle.TOKENIZER, "{}".getBytes(StandardCharsets.UTF_8));
        bundle.add(Bundle.LABELS, Json.bytes(new Labels(List.of("ball", "cat"), List.of("red"))));
        bundle.add(Bundle.ANSWERS, Json.bytes(new Answers(List.of("yes", "no"))));
        bundle.add(Bundle.CERTIFICATE, Json.bytes(certificate));
        Golden.Tensor one = Golden.Tensor.of(new float[] {1.5f}, 1);
        bundle.add("golden/step.json", Json.bytes(new Golden(Bundle.STEP, 1e-4, Map.of(), Map.of("logits", one))));
    }

    static Certificate certificate() {
        return new Certificate(
                "fp32",
                "onnxruntime 1.29.0",
                List.of(new Certificate.HeldOut(Certificate.EXPORTED, "val", "export", 480, 2.25, 80.5)),
                List.of(new Certificate.NetworkCost("teacher", 900, 12, 4000, 25.5)),
                Map.of(Bundle.STEP, new Certificate.Cost(2, 3, 4, .5, .75, 1e-6, 1e-7)),
                Map.of("caption", new Certificate.Confidence(.5, "val", "test", 640, .25, .03)),
                JsonNodeFactory.instance.objectNode());
    }

    static Manifest manifest(Map<String, Manifest.FileEntry> files) {
        Manifest.Graph none = new Manifest.Graph(List.of(), List.of());
        return new Manifest(
                Manifest.FORMAT_VERSION,
                "tiny",
                Manifest.KIND,
                "fp32",
                17,
                DETECTOR,
                FUSION,
                LAYOUT,
                new Temperatures(.5, 1.25),
                files,
                Map.of(Bundle.DETECTOR, none, Bundle.ENCODE, none, Bundle.STEP, none, Bundle.ANSWER, none),
                JsonNodeFactory.instance.objectNode());
    }
}
