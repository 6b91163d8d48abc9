package dev.glimpse.train;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.glimpse.annotation.AnnotatedPicture;
import dev.glimpse.config.StrictYaml;
import dev.glimpse.detector.C4Size;
import dev.glimpse.detector.DetectorTraining;
import dev.glimpse.json.Json;
import dev.glimpse.optimizer.OptimizerSettings;
import dev.glimpse.sample.Augmentation;
import dev.glimpse.sample.DrawnPictures;
import dev.glimpse.size.DetectorSize.Backbone;
import dev.glimpse.size.DetectorSize.BackboneKind;
import dev.glimpse.size.TokenLayout;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A data set of a few drawn pictures and a configuration of every stage on it, as files: what {@code glimpse train} reads. */
final class DrawnRun {
    private final Path folder;

    /** Writes everything below {@code folder}. */
    DrawnRun(Path folder, int steps) {
        this.folder = folder;
        write("train", 12);
        write("val", 4);
        write("test", 4);
        JsonNode config = Json.mapper().valueToTree(config(steps));
        withoutNulls(config);
        Json.write(file(), config);
    }

    /** Adds a small teacher from which every stage learns by all losses of the paper. */
    DrawnRun taught(int steps) {
        ObjectNode tree = (ObjectNode) StrictYaml.tree(file());
        OptimizerSettings optimizer = new OptimizerSettings(steps, 4, 1, 2e-3, 1, 0.05, 1, 0, 0, 7);
        TrainConfig.Masking masking = new TrainConfig.Masking(0.3, 5);
        C4Size.ResNet backbone =
                new C4Size.ResNet(C4Size.Block.BASIC, C4Size.Norm.FROZEN, 4, List.of(8, 8, 8, 16), List.of(1, 1, 1, 1));
        TeacherConfig teacher = new TeacherConfig(
                new TeacherDetectorConfig(
                        new TeacherDetectorConfig.Network(
                                64, 48, backbone, List.of(16d, 32d), 8, 40, 12, 4, 6, 0, 2, 4),
                        optimizer,
                        new DetectorTraining(16, 8, .5, .5),
                        new Augmentation(.5, .1, .1, .1),
                        3,
                        2),
                new TeacherConfig.Transformer(2, 24, 2, 32, 0.1, 0.1),
                new TeacherConfig.Pretrain(optimizer, masking, 0.2),
                new TeacherConfig.Pretrain(optimizer, masking, 0.2),
                new TeacherConfig.Caption(optimizer, masking, 0.1),
                new TeacherConfig.Vqa(optimizer),
                true,
                true);
        tree.set("teacher", Json.mapper().valueToTree(teacher));
        String common = "weights: {attention: 10, hidden: 1, hiddenMse: 0, hiddenMseFade: 0, classification: 1, "
                + "relations: 0}, contrast: {temperature: 0.1, queue: 64, tokens: 2}, temperature: 1, ";
        for (String stage : List.of("pretrain", "caption")) {
            distil(tree, stage, "{" + common + "positions: masked}");
        }
        distil(tree, "vqa", "{" + common + "answers: softmax}");
        Json.write(file(), tree);
        return this;
    }

    private static void distil(ObjectNode tree, String stage, String distillation) {
        ((ObjectNode) tree.get(stage)).set("distillation", StrictYaml.value(distillation));
    }

    /** Adds training on rewards. */
    DrawnRun rewarded(int steps) {
        ObjectNode tree = (ObjectNode) StrictYaml.tree(file());
        OptimizerSettings optimizer = new OptimizerSettings(steps, 4, 1, 1e-4, 1, 0.05, 1, 0, 0, 7);
        tree.set("scst", Json.mapper().valueToTree(new TrainConfig.Scst(optimizer, 2)));
        Json.write(file(), tree);
        return this;
    }

    /** An absent section is absent, not null. */
    private static void withoutNulls(JsonNode node) {
        for (Iterator<JsonNode> parts = node.elements(); parts.hasNext(); ) {
            JsonNode part = parts.next();
            if (part.isNull()) {
                parts.remove();
            } else {
                withoutNulls(part);
            }
        }
    }

    /** The configuration: JSON is YAML. */
    Path file() {
        return folder.resolve("train.yaml");
    }

    private TrainConfig config(int steps) {
        OptimizerSettings optimizer = new OptimizerSettings(steps, 4, 2, 2e-3, 3, 0.05, 1, 0.9, steps, 7);
        return new TrainConfig(
                "drawn",
                1,
                new TrainConfig.Data(folder.resolve("data")),
                new DetectorConfig(
                        new DetectorConfig.Network(
                                32,
                                32,
                                new Backbone(BackboneKind.PLAIN, 4, List.of(8, 8, 8, 8), List.of(0, 0, 0, 0)),
                                8,
                                1,
                                4,
                                40,
                                12,
                                32,
                                2,
                                12,
                                6,
                                0,
                                2,
                                4),
                        optimizer,
                        new DetectorTraining(16, 8, .5, .5),
                        new Augmentation(.5, .1, .1, .1),
                        9,
                        2),
                new TrainConfig.Text(200, 1),
                new TrainConfig.Fusion(2, 16, 2, 32, 0.1, 0.1, new TokenLayout(12, 8, 6, 10)),
                new TrainConfig.Pretrain(optimizer, new TrainConfig.Masking(0.35, 6), 0.25),
                new TrainConfig.Caption(optimizer, new TrainConfig.Masking(0.3, 5), 0.1),
                new TrainConfig.Vqa(optimizer, 1),
                new TrainConfig.Evaluate(4, 2, 2),
                Optional.empty());
    }

    private void write(String split, int count) {
        Path data = folder.resolve("data");
        List<Map<String, Object>> images = new ArrayList<>();
        List<Map<String, Object>> objects = new ArrayList<>();
        List<Map<String, Object>> captions = new ArrayList<>();
        List<Map<String, Object>> questions = new ArrayList<>();
        List<Map<String, Object>> annotations = new ArrayList<>();
        for (AnnotatedPicture p : DrawnPictures.write(data.resolve("images").resolve(split), count)) {
            long id = p.id();
            float x = p.objects().get(0).box().x1();
            float y = p.objects().get(0).box().y1();
            images.add(Map.of("id", id, "file_name", p.file(), "width", p.width(), "height", p.height()));
            objects.add(Map.of(
                    "id",
                    id,
                    "image_id",
                    id,
                    "category_id",
                    1,
                    "bbox",
                    List.of(x, y, 16f, 16f),
                    "area",
                    256f,
                    "iscrowd",
                    0,
                    "attributes",
                    List.of("red")));
            String place = x < 6 ? "left" : "right";
            captions.add(Map.of("id", id, "image_id", id, "caption", "a red block on the " + place));
            questions.add(Map.of("question_id", id, "image_id", id, "question", "where is the block?"));
            annotations.add(Map.of(
                    "question_id",
                    id,
                    "image_id",
                    id,
                    "question_type",
                    "where",
                    "answer_type",
                    "other",
                    "multiple_choice_answer",
                    place,
                    "answers",
                    answers(place)));
        }
        Path into = data.resolve("annotations");
        Json.write(into.resolve("captions_" + split + ".json"), Map.of("images", images, "annotations", captions));
        Json.write(into.resolve("questions_" + split + ".json"), Map.of("questions", questions));
        Json.write(into.resolve("annotations_" + split + ".json"), Map.of("annotations", annotations));
        Json.write(
                into.resolve("instances_" + split + ".json"),
                Map.of(
                        "images",
                        images,
                        "annotations",
                        objects,
                        "categories",
                        List.of(Map.of("id", 1, "name", "block")),
                        "attributes",
                        List.of("red", "blue")));
    }

    private static List<Map<String, Object>> answers(String answer) {
        List<Map<String, Object>> answers = new ArrayList<>();
        for (int i = 1; i <= 10; i++) {
            answers.add(Map.of("answer", answer, "answer_id", i, "answer_confidence", "yes"));
        }
        return answers;
    }
}
