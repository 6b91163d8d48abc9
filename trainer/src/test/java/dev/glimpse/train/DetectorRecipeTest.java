package dev.glimpse.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import dev.glimpse.annotation.AnnotatedPicture;
import dev.glimpse.bundle.Labels;
import dev.glimpse.detector.DetectorTraining;
import dev.glimpse.feature.FeatureStore;
import dev.glimpse.feature.RegionRow;
import dev.glimpse.json.Json;
import dev.glimpse.optimizer.OptimizerSettings;
import dev.glimpse.run.Digest;
import dev.glimpse.run.Metrics;
import dev.glimpse.run.RunDirectory;
import dev.glimpse.run.StopSignal;
import dev.glimpse.run.StoppedException;
import dev.glimpse.sample.Augmentation;
import dev.glimpse.sample.DrawnPictures;
import dev.glimpse.seed.Seed;
import dev.glimpse.size.DetectorSize.Backbone;
import dev.glimpse.size.DetectorSize.BackboneKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DetectorRecipeTest {
    private static final int STEPS = 20;

    @TempDir
    Path folder;

    @BeforeEach
    void drawPictures() {
        for (String split : List.of("train", "val")) {
            List<AnnotatedPicture> pictures = DrawnPictures.write(data().images(split), 4);
            Json.write(data().annotations("instances", split), annotations(pictures));
        }
    }

    @Test
    void aStoppedRunEndsWithTheDetectorOfAnUnbrokenOne() throws IOException {
        RunDirectory unbroken = run("unbroken");
        train(unbroken, new StopSignal());
        RunDirectory stopped = run("stopped");
        StopSignal signal = new StopSignal();
        new Thread(() -> requestAfterEvaluation(stopped, signal)).start();
        assertThatThrownBy(() -> train(stopped, signal)).isInstanceOf(StoppedException.class);
        assertThat(stopped.file("student-detector.safetensors")).doesNotExist();
        train(stopped, new StopSignal());
        assertThat(Files.readAllBytes(stopped.file("student-detector.safetensors")))
                .isEqualTo(Files.readAllBytes(unbroken.file("student-detector.safetensors")));
    }

    @Test
    void aRunLeavesDetectorLabelsAndMetrics() {
        RunDirectory run = run("run");
        train(run, new StopSignal());
        assertThat(Json.read(run.file("labels.json"), Labels.class))
                .isEqualTo(new Labels(List.of("block"), List.of("red", "blue")));
        assertThat(Metrics.read(run.metrics()))
                .extracting(Metrics.Row::name)
                .contains("objectness", "proposal", "class", "region", "attribute", "loss", "AP50", "recall50");
    }

    @Test
    void featuresOfEverySplitAreBoundToTheDetector() {
        RunDirectory run = run("run");
        train(run, new StopSignal());
        FeatureRecipe recipe;
        try (StopSignal stop = new StopSignal()) {
            recipe = new FeatureRecipe(run, data(), Device.cpu(), stop);
            recipe.run();
        }
        assertThat(recipe.stage().outputs()).hasSize(2).allMatch(Files::exists);
        String detector = Digest.of(run.file("student-detector.safetensors"));
        FeatureStore store = FeatureStore.open(RunFiles.features(run, "val"), detector);
        assertThat(store.size()).isEqualTo(4);
        assertThat(store.sourceWidth(store.index(3))).isEqualTo(64);
        RegionRow row = store.regions(store.index(3));
        assertThat(row.scores()).hasSize(6).isSortedAccordingTo((a, b) -> Float.compare(b, a));
        assertThat(row.features()).hasSize(6 * 12);
        for (float corner : row.boxes()) {
            assertThat(corner).isBetween(0f, 1f);
        }
    }

    /** Waits for the evaluation after step 3. */
    private static void requestAfterEvaluation(RunDirectory run, StopSignal signal) {
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

    private TrainConfig.Data data() {
        return new TrainConfig.Data(folder.resolve("data"));
    }

    private RunDirectory run(String name) {
        return new RunDirectory(folder.resolve(name));
    }

    private void train(RunDirectory run, StopSignal stop) {
        try (stop) {
            new DetectorRecipe(run, data(), config(), new Seed(5), Device.cpu(), stop).run();
        }
    }

    private static DetectorConfig config() {
        Backbone backbone = new Backbone(BackboneKind.PLAIN, 4, List.of(8, 8, 8, 8), List.of(0, 0, 0, 0));
        return new DetectorConfig(
                new DetectorConfig.Network(32, 32, backbone, 8, 1, 4, 40, 12, 32, 2, 12, 6, 0, 2, 4),
                new OptimizerSettings(STEPS, 2, 1, 1e-3, 1, 0, 5, 0, 0, 2),
                new DetectorTraining(16, 8, .5, .5),
                new Augmentation(.5, .1, .1, .1),
                3,
                2);
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
