package dev.glimpse.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import dev.glimpse.bundle.Labels;
import dev.glimpse.feature.FeatureStore;
import dev.glimpse.feature.RegionRow;
import dev.glimpse.json.Json;
import dev.glimpse.run.Digest;
import dev.glimpse.run.Metrics;
import dev.glimpse.run.RunDirectory;
import dev.glimpse.run.StopSignal;
import dev.glimpse.run.StoppedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DetectorRecipeTest {
    @TempDir
    private Path folder = Path.of("");

    private DrawnDetectors drawn;

    @BeforeEach
    void drawPictures() {
        drawn = new DrawnDetectors(folder);
    }

    @Test
    void aStoppedRunEndsWithTheDetectorOfAnUnbrokenOne() {
        RunDirectory unbroken = drawn.run("unbroken");
        train(unbroken, new StopSignal());
        RunDirectory stopped = drawn.run("stopped");
        StopSignal signal = new StopSignal();
        new Thread(() -> DrawnDetectors.requestAfterEvaluation(stopped, signal)).start();
        assertThatThrownBy(() -> train(stopped, signal)).isInstanceOf(StoppedException.class);
        assertThat(RunFiles.studentDetector(stopped)).doesNotExist();
        train(stopped, new StopSignal());
        assertThat(RunFiles.studentDetector(stopped)).hasSameBinaryContentAs(RunFiles.studentDetector(unbroken));
    }

    @Test
    void aRunLeavesDetectorLabelsAndMetrics() {
        RunDirectory run = drawn.run("run");
        train(run, new StopSignal());
        assertThat(Json.read(run.file("labels.json"), Labels.class))
                .isEqualTo(new Labels(List.of("block"), List.of("red", "blue")));
        assertThat(Metrics.read(run.metrics()))
                .extracting(Metrics.Row::name)
                .contains("objectness", "proposal", "class", "region", "attribute", "loss", "AP50", "recall50");
    }

    @Test
    void featuresOfEverySplitAreBoundToTheDetector() {
        RunDirectory run = drawn.run("run");
        train(run, new StopSignal());
        FeatureRecipe recipe;
        try (StopSignal stop = new StopSignal()) {
            recipe = FeatureRecipe.student(run, drawn.data(), Device.cpu(), stop);
            recipe.run();
        }
        assertThat(recipe.stage().outputs()).hasSize(2).allMatch(Files::exists);
        String detector = Digest.of(RunFiles.studentDetector(run));
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

    private void train(RunDirectory run, StopSignal stop) {
        try (stop) {
            drawn.student(run, stop).run();
        }
    }
}
