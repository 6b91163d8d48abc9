package dev.glimpse.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.glimpse.cli.Cli;
import dev.glimpse.dataset.ImportCommand;
import dev.glimpse.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every stage of {@code configs/paper} takes two steps of one or two samples on the CPU, from random weights, on the pictures of the
 * public reference data. It takes many minutes and gigabytes, so it runs only when asked for: {@code -Dglimpse.paper=true
 * -Dglimpse.data=DIR}; with {@code -Dglimpse.paper.folder=DIR} it goes on where an interrupted one stopped, and with
 * {@code -Dglimpse.paper.small=true} pictures are smaller and regions fewer, which leaves the networks' weights as they are.
 */
class PaperSmokeTest {
    private static final int CLASSES = 1591;
    private static final int ATTRIBUTES = 524;
    /** The others belong to no split. */
    private static final int PICTURES = 8;

    private static final long MOST_KILOBYTES = 20_000_000;

    @TempDir
    private Path temporary = Path.of("");

    private Path folder = Path.of("");

    @Test
    void everyStageTakesTwoStepsInTwentyGigabytes() throws IOException {
        assumeTrue(Boolean.getBoolean("glimpse.paper"), "skipped: takes many minutes, set -Dglimpse.paper=true");
        Path data = Path.of(System.getProperty("glimpse.data", "none"));
        assumeTrue(Files.isDirectory(data), "skipped: no data, set -Dglimpse.data");
        folder = Path.of(System.getProperty("glimpse.paper.folder", temporary.toString()));
        Path kept = folder.resolve("run");
        if (Files.notExists(folder.resolve("bert.json"))) {
            prepare(data);
        }
        Path config = folder.resolve("train.yaml");
        Files.write(config, new ObjectMapper(new YAMLFactory()).writeValueAsBytes(settings()));
        assertThat(Cli.run(new TrainCommand(), config.toString(), "--run", kept.toString()))
                .isZero();
        assertThat(kept.resolve("report.json")).exists();
        long most = peakKilobytes();
        System.out.printf("largest resident size: %,d kB%n", most);
        assertThat(most).isLessThan(MOST_KILOBYTES);
    }

    /** Imports the reference pictures as a COCO whose objects have as many classes and attributes as Visual Genome's. */
    private void prepare(Path data) throws IOException {
        Path coco = Files.createDirectories(folder.resolve("coco"));
        Files.createSymbolicLink(coco.resolve("train2017"), data.resolve("pictures/images"));
        Path annotations = Files.createDirectories(coco.resolve("annotations"));
        for (String kind : List.of("captions", "instances")) {
            JsonNode all = Json.read(data.resolve("pictures").resolve(kind + ".json"), JsonNode.class);
            Json.write(annotations.resolve(kind + "_train2017.json"), all);
            ObjectNode none = all.deepCopy();
            none.putArray("images");
            none.putArray("annotations");
            Json.write(annotations.resolve(kind + "_val2017.json"), none);
        }
        JsonNode vqa = Json.read(data.resolve("pictures/vqa.json"), JsonNode.class);
        JsonNode noQuestions = Json.mapper().readTree("{\"questions\": [], \"annotations\": []}");
        for (String kind : List.of("v2_OpenEnded_mscoco_%s_questions.json", "v2_mscoco_%s_annotations.json")) {
            Json.write(coco.resolve(kind.formatted("train2014")), vqa);
            Json.write(coco.resolve(kind.formatted("val2014")), noQuestions);
        }
        Json.write(coco.resolve("dataset_coco.json"), splits(annotations.resolve("captions_train2017.json"), vqa));
        String out = folder.resolve("data/coco").toString();
        run("coco", "--from", coco.toString(), "--karpathy", coco + "/dataset_coco.json", "--out", out);
        run("vqa", "--from", coco.toString(), "--out", out);
        Path genome = folder.resolve("data/genome");
        Files.createDirectories(genome.resolve("annotations"));
        Files.createSymbolicLink(genome.resolve("images"), folder.resolve("data/coco/images"));
        for (String split : List.of("train", "val")) {
            String name = "annotations/instances_" + split + ".json";
            Json.write(genome.resolve(name), widened(folder.resolve("data/coco").resolve(name)));
        }
        run("vocabulary", "--from", data + "/wordpiece/bert-base-uncased-vocab.txt", "--out", folder + "/bert.json");
    }

    private static void run(String... arguments) {
        assertThat(Cli.run(new ImportCommand(), arguments)).isZero();
    }

    /** Pictures with questions are dealt out first, so that every split has two at least. */
    private static ObjectNode splits(Path captions, JsonNode vqa) {
        Set<Long> ids = new LinkedHashSet<>();
        vqa.path("questions").forEach(q -> ids.add(q.path("image_id").asLong()));
        Json.read(captions, JsonNode.class)
                .path("images")
                .forEach(i -> ids.add(i.path("id").asLong()));
        ObjectNode root = Json.mapper().createObjectNode();
        int place = 0;
        for (long id : ids.stream().limit(PICTURES).toList()) {
            String split = place % 4 == 2 ? "val" : place % 4 == 3 ? "test" : "train";
            root.withArray("images").addObject().put("cocoid", id).put("split", split);
            place++;
        }
        return root;
    }

    private static JsonNode widened(Path instances) {
        ObjectNode root = Json.read(instances, ObjectNode.class);
        ArrayNode categories = root.withArray("categories");
        for (int i = categories.size(); i < CLASSES; i++) {
            categories.addObject().put("id", 10_000 + i).put("name", "thing " + i);
        }
        ArrayNode attributes = root.putArray("attributes");
        for (int i = 0; i < ATTRIBUTES; i++) {
            attributes.add("attribute " + i);
        }
        int number = 0;
        for (JsonNode annotation : root.path("annotations")) {
            ((ObjectNode) annotation).putArray("attributes").add("attribute " + number++ % ATTRIBUTES);
        }
        return root;
    }

    /** Those of configs/paper, with two steps of one picture or two texts everywhere. */
    private JsonNode settings() throws IOException {
        ObjectMapper yaml = new ObjectMapper(new YAMLFactory());
        ObjectNode root = (ObjectNode)
                yaml.readTree(Path.of("../configs/paper/train.yaml").toFile());
        root.putObject("data")
                .put("folder", folder.resolve("data/coco").toString())
                .put("objects", folder.resolve("data/genome").toString());
        root.putObject("start").put("tokenizer", folder.resolve("bert.json").toString());
        shorten(root);
        ObjectNode student = (ObjectNode) root.path("detector");
        ObjectNode teacher = (ObjectNode) root.path("teacher").path("detector");
        student.withObject("/optimizer").put("batch", 1);
        teacher.withObject("/optimizer").put("batch", 1);
        if (Boolean.getBoolean("glimpse.paper.small")) {
            shrink(student, 256, 300);
            shrink(teacher, 336, 50);
        }
        return root;
    }

    /** Weights stay as they are; pictures and regions become fewer. */
    private static void shrink(ObjectNode detector, int side, int proposals) {
        detector.withObject("/network")
                .put("pictureWidth", side)
                .put("pictureHeight", side)
                .put("proposals", proposals);
        detector.withObject("/training").put("regions", 16);
    }

    private static void shorten(JsonNode node) {
        List<String> names = new ArrayList<>();
        for (Iterator<String> i = node.fieldNames(); i.hasNext(); ) {
            names.add(i.next());
        }
        for (String name : names) {
            ObjectNode parent = (ObjectNode) node;
            switch (name) {
                case "steps", "batch", "evaluatePictures", "checkpointEvery", "samples" -> parent.put(name, 2);
                case "accumulate", "minAnswers", "beams" -> parent.put(name, 1);
                case "evaluateEvery" -> parent.put(name, 100);
                case "warmup", "patience" -> parent.put(name, 0);
                default -> shorten(node.path(name));
            }
        }
    }

    private static long peakKilobytes() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElse(0);
    }
}
