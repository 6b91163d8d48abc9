package dev.glimpse.export;

import dev.glimpse.bundle.Answers;
import dev.glimpse.bundle.Labels;
import dev.glimpse.emit.AnswerGraph;
import dev.glimpse.emit.DetectorGraph;
import dev.glimpse.emit.EncodeGraph;
import dev.glimpse.emit.RandomParameters;
import dev.glimpse.emit.StepGraph;
import dev.glimpse.json.Json;
import dev.glimpse.safetensors.SafetensorsWriter;
import dev.glimpse.size.DetectorSize;
import dev.glimpse.size.DetectorSize.Backbone;
import dev.glimpse.size.DetectorSize.BackboneKind;
import dev.glimpse.size.FusionSize;
import dev.glimpse.size.TokenLayout;
import dev.glimpse.token.WordPieceVocabulary;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Writes a run directory with random checkpoints, so that a complete bundle can be built without training. */
public final class RandomRun {
    private static final List<String> CLASSES = List.of(
            "ball", "box", "car", "cat", "chair", "cone", "cup", "dog", "door", "duck", "fish", "flag", "hat", "house",
            "kite", "lamp", "leaf", "moon", "person", "plant", "ring", "road", "ship", "star", "sun", "table", "tree",
            "truck");
    private static final List<String> ATTRIBUTES = List.of(
            "red", "green", "blue", "yellow", "white", "black", "orange", "purple", "small", "large", "round",
            "striped", "plain", "dark", "bright");
    private static final List<String> ANSWERS = List.of(
            "yes", "no", "red", "green", "blue", "yellow", "white", "black", "0", "1", "2", "3", "4", "ball", "cat",
            "tree", "left", "right");

    private RandomRun() {}

    /** The detector of the tiny default configuration. */
    public static DetectorSize tinyDetector() {
        Backbone backbone = new Backbone(BackboneKind.PLAIN, 24, List.of(32, 64, 128, 192), List.of(1, 1, 1, 1));
        return new DetectorSize(
                160, 128, backbone, 64, 2, 4, 200, 64, 70, 4, 256, 16, .1, CLASSES.size(), ATTRIBUTES.size(), 32, 64);
    }

    /** The detector of the paper's size: EfficientNet-B0. */
    public static DetectorSize paperDetector() {
        Backbone backbone =
                new Backbone(BackboneKind.EFFICIENTNET_B0, 32, List.of(24, 40, 112, 320), List.of(0, 0, 0, 0));
        return new DetectorSize(
                512,
                384,
                backbone,
                64,
                3,
                4,
                1000,
                300,
                224,
                4,
                1024,
                50,
                .05,
                CLASSES.size(),
                ATTRIBUTES.size(),
                256,
                512);
    }

    /** The fusion transformer of the tiny default configuration. */
    public static FusionSize tinyFusion() {
        return new FusionSize(4, 128, 4, 512, pieces().size(), 64, 256, ANSWERS.size());
    }

    /** The token layout of the tiny default configuration. */
    public static TokenLayout tinyLayout() {
        return new TokenLayout(20, 16, 16, 16);
    }

    public static void write(Path folder, DetectorSize detector, FusionSize fusion, TokenLayout layout)
            throws IOException {
        Files.createDirectories(folder);
        RandomParameters detectorParameters = new RandomParameters(1);
        DetectorGraph.of(detectorParameters, detector);
        RandomParameters caption = new RandomParameters(2);
        EncodeGraph.of(caption, fusion, layout);
        StepGraph.of(caption, fusion, layout);
        RandomParameters vqa = new RandomParameters(3);
        AnswerGraph.of(vqa, fusion, layout);
        String detectorJson = json(detector);
        Map<String, String> sizes = Map.of("glimpse.size", json(fusion), "glimpse.layout", json(layout));
        Labels labels = new Labels(CLASSES, ATTRIBUTES);
        write(
                folder,
                "student-detector",
                detectorParameters,
                Map.of("glimpse.size", detectorJson, "glimpse.labels", json(labels)));
        write(folder, "student-caption", caption, sizes);
        write(folder, "student-vqa", vqa, sizes);
        WordPieceVocabulary.write(folder.resolve("tokenizer.json"), pieces());
        Json.write(folder.resolve("labels.json"), labels);
        Json.write(folder.resolve("answers.json"), new Answers(ANSWERS));
        Json.write(folder.resolve("run.json"), new TreeMap<>(Map.of("name", "random", "seed", 1, "commit", "unknown")));
        Json.write(folder.resolve("report.json"), Map.of("cider", 0));
    }

    static void write(Path folder, String kind, RandomParameters parameters, Map<String, String> sizes) {
        Map<String, String> metadata = new TreeMap<>(sizes);
        metadata.put("glimpse.kind", kind);
        SafetensorsWriter.write(folder.resolve(kind + ".safetensors"), metadata, parameters.tensors());
    }

    private static String json(Object value) {
        return new String(Json.bytes(value), StandardCharsets.UTF_8);
    }

    /** About 900 word pieces: the names above and invented words. */
    private static List<String> pieces() {
        List<String> words = IntStream.range(0, 1000)
                .mapToObj(i -> "bdfglmnprt".charAt(i / 100) + "a" + "klmnprstvz".charAt(i / 10 % 10)
                        + "aeiouyaeiou".charAt(i % 10) + "n".repeat(1 + i % 3))
                .toList();
        List<String> texts = List.of(
                String.join(" ", CLASSES).repeat(3),
                String.join(" ", ATTRIBUTES) + " " + String.join(" ", ATTRIBUTES),
                String.join(" ", ANSWERS) + " a of on the with and in what is picture how many",
                String.join(" ", words));
        return WordPieceVocabulary.build(texts, 900, 1);
    }

    /** Writes a random run of tiny sizes into the folder RUN and its bundle into the folder BUNDLE. */
    public static void main(String[] arguments) throws IOException {
        Path run = Path.of(arguments[0]);
        write(run, tinyDetector(), tinyFusion(), tinyLayout());
        Exporter.export(run, Path.of(arguments[1]), ExportSettings.unmeasured("random"), line -> {})
                .bundle()
                .close();
    }
}
