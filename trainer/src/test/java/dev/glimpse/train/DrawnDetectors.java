package dev.glimpse.train;

import ai.djl.Device;
import dev.glimpse.annotation.AnnotatedPicture;
import dev.glimpse.detector.C4Size;
import dev.glimpse.detector.DetectorTraining;
import dev.glimpse.json.Json;
import dev.glimpse.optimizer.OptimizerSettings;
import dev.glimpse.run.Metrics;
import dev.glimpse.run.RunDirectory;
import dev.glimpse.run.StopSignal;
import dev.glimpse.sample.Augmentation;
import dev.glimpse.sample.DrawnPictures;
import dev.glimpse.seed.Seed;
import dev.glimpse.size.DetectorSize.Backbone;
import dev.glimpse.size.DetectorSize.BackboneKind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Four drawn pictures for training and four for validation, and the smallest detectors that can be trained on them. */
final class DrawnDetectors {
    private static final OptimizerSettings OPTIMIZER = new OptimizerSettings(20, 2, 1, 1e-3, 1, 0, 5, 0, 0, 2);
    private static final DetectorTraining TRAINING = new DetectorTraining(16, 8, .5, .5);
    private static final Augmentation AUGMENTATION = new Augmentation(.5, .1, .1, .1);

    private final Path folder;

    DrawnDetectors(Path folder) {
        this.folder = folder;
        for (String split : List.of("train", "val")) {
            List<AnnotatedPicture> pictures = DrawnPictures.write(data().images(split), 4);
            Json.write(data().annotations("instances", split), annotations(pictures));
        }
    }

    TrainConfig.Data data() {
        return new TrainConfig.Data(folder.resolve("data"));
    }

    RunDirectory run(String name) {
        return new RunDirectory(folder.resolve(name));
    }

    DetectorRecipe student(RunDirectory run, StopSignal stop) {
        Backbone backbone = new Backbone(BackboneKind.PLAIN, 4, List.of(8, 8, 8, 8), List.of(0, 0, 0, 0));
        DetectorConfig config = new DetectorConfig(
                new DetectorConfig.Network(32, 32, backbone, 8, 1, 4, 40, 12, 32, 2, 12, 6, 0, 2, 4),
                OPTIMIZER,
                TRAINING,
                AUGMENTATION,
                3,
                2);
        return new DetectorRecipe(run, data(), config, new Seed(5), Device.cpu(), stop);
    }

    /** Its pictures are larger than the student's, and its feature has 16 numbers instead of 12. */
    TeacherDetectorRecipe teacher(RunDirectory run, StopSignal stop, C4Size.Norm norm) {
        C4Size.ResNet backbone =
                new C4Size.ResNet(C4Size.Block.BASIC, norm, 4, List.of(8, 8, 8, 16), List.of(1, 1, 1, 1));
        TeacherDetectorConfig config = new TeacherDetectorConfig(
                new TeacherDetectorConfig.Network(64, 48, backbone, List.of(16d, 32d), 8, 40, 12, 4, 5, 0, 2, 4),
                OPTIMIZER,
                TRAINING,
                AUGMENTATION,
                3,
                2);
        return new TeacherDetectorRecipe(run, data(), config, new Seed(5), Device.cpu(), stop);
    }

    /** Asks to stop after the evaluation after step 3. */
    static void requestAfterEvaluation(RunDirectory run, StopSignal signal) {
        try {
            while (Metrics.read(run.metrics()).stream()
                    .noneMatch(row -> row.name().equals("AP"))) {
                Thread.sleep(2);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        signal.request();
    }

    private static Map<String, Object> annotations(List<AnnotatedPicture> pictures) {
        List<Map<String, Object>> images = new ArrayList<>();
        List<Map<String, Object>> objects = new ArrayList<>();
        for (AnnotatedPicture p : pictures) {
            images.add(Map.of("id", p.id(), "file_name", p.file(), "width", p.width(), "height", p.height()));
            float x = p.objects().get(0).box().x1();
            float y = p.objects().get(0).box().y1();
            List<Float> box = List.of(x, y, 16f, 16f);
            objects.add(Map.of(
                    "id", p.id(), "image_id", p.id(), "category_id", 1, "bbox", box, "attributes", List.of("red")));
        }
        return Map.of(
                "images",
                images,
                "annotations",
                objects,
                "categories",
                List.of(Map.of("id", 1, "name", "block")),
                "attributes",
                List.of("red", "blue"));
    }
}
