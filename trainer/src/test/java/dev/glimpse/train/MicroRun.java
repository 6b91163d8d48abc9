package dev.glimpse.train;

import ai.djl.Device;
import dev.glimpse.bundle.Labels;
import dev.glimpse.detector.C4Size;
import dev.glimpse.detector.DetectorTraining;
import dev.glimpse.distillation.AnswerDistillation;
import dev.glimpse.distillation.Contrast;
import dev.glimpse.distillation.TermWeights;
import dev.glimpse.distillation.WordDistillation;
import dev.glimpse.feature.FeatureHeader;
import dev.glimpse.feature.FeatureWriter;
import dev.glimpse.feature.RegionRow;
import dev.glimpse.json.Json;
import dev.glimpse.optimizer.OptimizerSettings;
import dev.glimpse.run.Digest;
import dev.glimpse.run.RunDirectory;
import dev.glimpse.run.StopSignal;
import dev.glimpse.safetensors.FloatTensor;
import dev.glimpse.safetensors.SafetensorsWriter;
import dev.glimpse.sample.Augmentation;
import dev.glimpse.size.DetectorSize;
import dev.glimpse.size.TokenLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * A data set of a hundred pictures that nobody drew: a coloured thing each, or two, whose regions carry what a perfect
 * detector would tell. Files are those that the fusion stages read.
 */
final class MicroRun {
    private static final List<String> THINGS = List.of("ball", "cat", "tree", "car");
    private static final List<String> COLOURS = List.of("red", "blue", "green");
    private static final int REGIONS = 3;
    private static final int FEATURE = 8;
    private static final int TEACHER_FEATURE = 10;

    private final Path folder;
    private final RunDirectory run;

    MicroRun(Path folder, String name) throws IOException {
        this.folder = folder.resolve("data");
        this.run = new RunDirectory(folder.resolve(name));
        Json.write(RunFiles.labels(run), new Labels(THINGS, COLOURS));
        Path detector = RunFiles.studentDetector(run);
        SafetensorsWriter.write(detector, Map.of(), Map.of("x", new FloatTensor(new long[] {1}, new float[] {1})));
        SafetensorsWriter.write(
                RunFiles.teacherDetector(run), Map.of(), Map.of("x", new FloatTensor(new long[] {1}, new float[] {2})));
        Files.createDirectories(this.folder.resolve("annotations"));
        write("train", 1, 96);
        write("val", 101, 24);
        write("test", 201, 24);
        write("compose", 301, 12);
    }

    RunDirectory run() {
        return run;
    }

    /** A student without a teacher; vocabulary and answers are there. */
    Job job(StopSignal stop, double dropout, int devices, int steps) {
        return job(stop, dropout, devices, steps, Optional.empty(), TermWeights.NONE);
    }

    /** A student with a larger teacher, adapted and aligned, that it learns from by all losses but that of hidden states squared. */
    Job taught(StopSignal stop, double dropout, int steps) {
        TermWeights weights = new TermWeights(10, 1, 0.1, 0.5, 1, 0.1);
        return job(stop, dropout, 1, steps, Optional.of(teacher(steps, dropout, true)), weights);
    }

    Job job(
            StopSignal stop,
            double dropout,
            int devices,
            int steps,
            Optional<TeacherConfig> teacher,
            TermWeights weights) {
        OptimizerSettings optimizer = optimizer(steps);
        Contrast contrast = new Contrast(0.1, 128, 3);
        WordDistillation words = new WordDistillation(weights, contrast, 1, WordDistillation.Positions.ALL);
        AnswerDistillation answers = new AnswerDistillation(weights, contrast, 2, AnswerDistillation.Form.SIGMOID);
        boolean taught = weights.any();
        TrainConfig config = new TrainConfig(
                "micro",
                1,
                new TrainConfig.Data(folder),
                detector(optimizer),
                new TrainConfig.Text(200, 2),
                new TrainConfig.Fusion(2, 32, 4, 64, dropout, dropout, new TokenLayout(8, 5, REGIONS, 8)),
                new TrainConfig.Pretrain(
                        optimizer,
                        new TrainConfig.Masking(0.35, 6),
                        0.2,
                        1,
                        taught ? TrainConfig.Initialise.TEACHER : TrainConfig.Initialise.RANDOM,
                        Optional.of(words)),
                new TrainConfig.Caption(
                        optimizer,
                        new TrainConfig.Masking(0.35, 5),
                        0.1,
                        1,
                        taught ? TrainConfig.TeacherCaptions.SHARE : TrainConfig.TeacherCaptions.NONE,
                        Optional.of(words)),
                taught ? Optional.of(new TrainConfig.Scst(optimizer(20), 3)) : Optional.empty(),
                new TrainConfig.Vqa(optimizer, 1, 1, Optional.of(answers)),
                new TrainConfig.Evaluate(8, 2, 2),
                teacher,
                Optional.empty());
        Job job = new Job(config, run, Collections.nCopies(devices, Device.cpu()), stop);
        new TextRecipe(job).run();
        return job;
    }

    static OptimizerSettings optimizer(int steps) {
        return new OptimizerSettings(steps, 16, 1, 2e-3, steps / 10, 0.01, 1, 0, 0, 40);
    }

    static TeacherConfig teacher(int steps, double dropout, boolean adapted) {
        OptimizerSettings optimizer = optimizer(steps);
        TrainConfig.Masking masking = new TrainConfig.Masking(0.35, 6);
        return new TeacherConfig(
                teacherDetector(optimizer),
                new TeacherConfig.Transformer(2, 48, 4, 96, dropout, dropout),
                new TeacherConfig.Pretrain(optimizer, masking, 0.2),
                new TeacherConfig.Pretrain(optimizer, masking, 0.2),
                new TeacherConfig.Caption(optimizer, masking, 0.1),
                new TeacherConfig.Vqa(optimizer),
                adapted,
                adapted);
    }

    /** Of no use here, but every field is required. */
    private static DetectorConfig detector(OptimizerSettings optimizer) {
        return new DetectorConfig(
                new DetectorConfig.Network(
                        32,
                        32,
                        new DetectorSize.Backbone(
                                DetectorSize.BackboneKind.PLAIN, 4, List.of(4, 4, 4, 4), List.of(1, 1, 1, 1)),
                        8,
                        1,
                        4,
                        10,
                        5,
                        8,
                        2,
                        FEATURE,
                        REGIONS,
                        0.1,
                        2,
                        4),
                optimizer,
                new DetectorTraining(8, 8, 0.25, 0.5),
                new Augmentation(0.5, 0.1, 0.1, 0.1),
                10,
                10);
    }

    private static TeacherDetectorConfig teacherDetector(OptimizerSettings optimizer) {
        return new TeacherDetectorConfig(
                new TeacherDetectorConfig.Network(
                        32,
                        32,
                        new C4Size.ResNet(
                                C4Size.Block.BASIC, C4Size.Norm.FROZEN, 4, List.of(4, 4, 4, 4), List.of(1, 1, 1, 1)),
                        List.of(8.0),
                        8,
                        10,
                        5,
                        4,
                        REGIONS,
                        0.1,
                        2,
                        4),
                optimizer,
                new DetectorTraining(8, 8, 0.25, 0.5),
                new Augmentation(0.5, 0.1, 0.1, 0.1),
                10,
                10);
    }

    private void write(String split, int first, int count) {
        List<Map<String, Object>> images = new ArrayList<>();
        List<Map<String, Object>> captions = new ArrayList<>();
        List<Map<String, Object>> questions = new ArrayList<>();
        List<Map<String, Object>> annotations = new ArrayList<>();
        List<Map<String, Object>> boxes = new ArrayList<>();
        FeatureHeader header =
                FeatureHeader.of(split, count, REGIONS, FEATURE, Digest.of(RunFiles.studentDetector(run)));
        try (FeatureWriter features = new FeatureWriter(RunFiles.features(run, split), header);
                FeatureWriter aligned = teacherStore(RunFiles.teacherFeatures(run, split), split, count, false);
                FeatureWriter own = teacherStore(RunFiles.teacherOwnFeatures(run, split), split, count, true)) {
            for (int id = first; id < first + count; id++) {
                Random random = new Random(id);
                int thing = random.nextInt(THINGS.size());
                int colour = random.nextInt(COLOURS.size());
                images.add(Map.of("id", id, "file_name", id + ".jpg", "width", 100, "height", 50));
                captions.add(Map.of("id", 2 * id, "image_id", id, "caption", caption("a", colour, thing)));
                captions.add(Map.of("id", 2 * id + 1, "image_id", id, "caption", caption("there is a", colour, thing)));
                String text = "what colour is the " + THINGS.get(thing) + "?";
                questions.add(Map.of("question_id", id, "image_id", id, "question", text));
                annotations.add(annotation(id, COLOURS.get(colour)));
                boxes.add(box(id, thing));
                RegionRow region = region(thing, colour, random);
                features.append(id, 100, 50, region);
                aligned.append(id, 100, 50, taught(region, thing, colour));
                own.append(id, 100, 50, moved(taught(region, thing, colour)));
            }
            features.finish();
            aligned.finish();
            own.finish();
        }
        Path into = folder.resolve("annotations");
        Json.write(into.resolve("captions_" + split + ".json"), Map.of("images", images, "annotations", captions));
        Json.write(into.resolve("questions_" + split + ".json"), Map.of("questions", questions));
        Json.write(into.resolve("annotations_" + split + ".json"), Map.of("annotations", annotations));
        Json.write(
                into.resolve("instances_" + split + ".json"),
                Map.of("images", images, "annotations", boxes, "categories", categories(), "attributes", COLOURS));
    }

    private FeatureWriter teacherStore(Path file, String split, int count, boolean own) {
        String teacher = Digest.of(RunFiles.teacherDetector(run));
        String boxes = own ? teacher : Digest.of(RunFiles.studentDetector(run));
        return new FeatureWriter(
                file, new FeatureHeader(FeatureHeader.VERSION, split, count, REGIONS, TEACHER_FEATURE, boxes, teacher));
    }

    /** The same region with the teacher's features: without noise. */
    private static RegionRow taught(RegionRow region, int thing, int colour) {
        float[] features = new float[REGIONS * TEACHER_FEATURE];
        features[1 + thing] = 2;
        features[1 + THINGS.size() + colour] = 2;
        return new RegionRow(region.boxes(), region.scores(), region.classes(), features);
    }

    /** The region where another detector would find it. */
    private static RegionRow moved(RegionRow region) {
        float[] boxes = region.boxes().clone();
        boxes[0] += 0.05f;
        return new RegionRow(boxes, region.scores(), region.classes(), region.features());
    }

    private static List<Map<String, Object>> categories() {
        List<Map<String, Object>> categories = new ArrayList<>();
        for (int i = 0; i < THINGS.size(); i++) {
            categories.add(Map.of("id", i + 1, "name", THINGS.get(i)));
        }
        return categories;
    }

    private static Map<String, Object> box(int id, int thing) {
        return Map.of(
                "id",
                id,
                "image_id",
                id,
                "category_id",
                thing + 1,
                "bbox",
                List.of(10, 10, 40, 35),
                "area",
                1400,
                "iscrowd",
                0,
                "attributes",
                List.of());
    }

    private static String caption(String start, int colour, int thing) {
        return start + " " + COLOURS.get(colour) + " " + THINGS.get(thing);
    }

    private static Map<String, Object> annotation(int id, String answer) {
        List<Map<String, Object>> answers = new ArrayList<>();
        for (int i = 1; i <= 10; i++) {
            answers.add(Map.of("answer", answer, "answer_id", i, "answer_confidence", "yes"));
        }
        return Map.of(
                "question_id",
                id,
                "image_id",
                id,
                "question_type",
                "what colour",
                "answer_type",
                "other",
                "answers",
                answers);
    }

    /** One region, the others missing. */
    private static RegionRow region(int thing, int colour, Random random) {
        float[] boxes = new float[4 * REGIONS];
        float[] scores = new float[REGIONS];
        int[] classes = new int[REGIONS];
        float[] features = new float[REGIONS * FEATURE];
        System.arraycopy(new float[] {0.1f, 0.2f, 0.5f, 0.9f}, 0, boxes, 0, 4);
        scores[0] = 0.9f;
        classes[0] = thing;
        for (int i = 0; i < FEATURE; i++) {
            features[i] = (float) (0.1 * random.nextGaussian());
        }
        features[thing] += 1;
        features[THINGS.size() + colour] += 1;
        return new RegionRow(boxes, scores, classes, Arrays.copyOf(features, features.length));
    }
}
