package dev.glimpse.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import dev.glimpse.annotation.Instances;
import dev.glimpse.bundle.Labels;
import dev.glimpse.detector.C4Size.Norm;
import dev.glimpse.detector.TeacherDetector;
import dev.glimpse.error.UserError;
import dev.glimpse.feature.FeatureStore;
import dev.glimpse.feature.RegionRow;
import dev.glimpse.json.Json;
import dev.glimpse.run.Digest;
import dev.glimpse.run.Metrics;
import dev.glimpse.run.Recipe;
import dev.glimpse.run.RunDirectory;
import dev.glimpse.run.StopSignal;
import dev.glimpse.run.StoppedException;
import dev.glimpse.sample.DetectorSplit;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TeacherDetectorRecipeTest {
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
        teacher(unbroken, new StopSignal());
        RunDirectory stopped = drawn.run("stopped");
        StopSignal signal = new StopSignal();
        new Thread(() -> DrawnDetectors.requestAfterEvaluation(stopped, signal)).start();
        assertThatThrownBy(() -> teacher(stopped, signal)).isInstanceOf(StoppedException.class);
        assertThat(RunFiles.teacherDetector(stopped)).doesNotExist();
        teacher(stopped, new StopSignal());
        assertThat(RunFiles.teacherDetector(stopped)).hasSameBinaryContentAs(RunFiles.teacherDetector(unbroken));
        assertThat(Metrics.read(stopped.metrics()))
                .extracting(Metrics.Row::stage)
                .containsOnly("teacher-detector");
    }

    @Test
    void otherSettingsOfTheTeacherLeaveTheStudentsDetectorDone() {
        RunDirectory run = both();
        try (StopSignal stop = new StopSignal()) {
            assertThat(run.isDone(drawn.student(run, stop).stage())).isTrue();
            assertThat(run.isDone(drawn.teacher(run, stop, Norm.TRAINED).stage()))
                    .isTrue();
            assertThat(run.isDone(drawn.teacher(run, stop, Norm.FROZEN).stage()))
                    .isFalse();
        }
    }

    @Test
    void theTeacherSeesTheStudentsRegionsInTheStudentsOrder() {
        RunDirectory run = both();
        export(run);
        String student = Digest.of(RunFiles.studentDetector(run));
        String teacher = Digest.of(RunFiles.teacherDetector(run));
        FeatureStore boxes = FeatureStore.open(RunFiles.features(run, "val"), student);
        FeatureStore store = FeatureStore.open(RunFiles.teacherFeatures(run, "val"), student, teacher);
        assertThat(store.size()).isEqualTo(4);
        for (int i = 0; i < 4; i++) {
            RegionRow expected = boxes.regions(i);
            RegionRow row = store.regions(i);
            assertThat(store.imageId(i)).isEqualTo(boxes.imageId(i));
            assertThat(row.boxes()).isEqualTo(expected.boxes());
            assertThat(row.scores()).isEqualTo(expected.scores());
            assertThat(row.classes()).isEqualTo(expected.classes());
            float[] given = given(run, i, Arrays.copyOf(expected.boxes(), 4 * expected.count()));
            assertThat(row.features()).isEqualTo(Arrays.copyOf(given, 6 * 16));
        }
    }

    @Test
    void theTeachersOwnRegionsHaveAStoreOfTheirOwn() {
        RunDirectory run = both();
        export(run);
        String teacher = Digest.of(RunFiles.teacherDetector(run));
        FeatureStore own = FeatureStore.open(RunFiles.teacherOwnFeatures(run, "train"), teacher);
        assertThat(own.header().regions()).isEqualTo(5);
        RegionRow row = own.regions(2);
        assertThat(row.count()).isPositive();
        assertThat(row.scores()).isSortedAccordingTo((a, b) -> Float.compare(b, a));
        assertThat(row.features()).hasSize(5 * 16);
    }

    @Test
    void aStoreOfAnotherTeacherIsRefused() {
        RunDirectory run = both();
        export(run);
        String student = Digest.of(RunFiles.studentDetector(run));
        Path file = RunFiles.teacherFeatures(run, "val");
        assertThatThrownBy(() -> FeatureStore.open(file, student, "abc"))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("teacher-features-val.bin were computed by the detector with SHA-256")
                .hasMessageContaining("the detector at hand has abc");
        assertThatThrownBy(() -> FeatureStore.open(file, student))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("run the features stage again");
    }

    @Test
    void boxesOfAnotherStudentAreRefused() {
        RunDirectory run = both();
        export(run);
        try (NDManager manager = NDManager.newBaseManager();
                TeacherDetector other = TeacherDetector.open(manager, RunFiles.teacherDetector(run))) {
            other.write(RunFiles.studentDetector(run)); // any other file
        }
        assertThatThrownBy(() -> describe(run))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("features-train.bin were found by the detector with SHA-256");
    }

    @Test
    void ofATeacherTrainedOnOtherClassesNoFeaturesAreMade() {
        RunDirectory run = both();
        export(run);
        Json.write(RunFiles.labels(run), new Labels(List.of("stone"), List.of("red", "blue")));
        assertThatThrownBy(() -> describe(run))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("knows other classes or attributes");
    }

    private float[] given(RunDirectory run, int picture, float[] boxes) {
        try (NDManager manager = NDManager.newBaseManager();
                TeacherDetector detector = TeacherDetector.open(manager, RunFiles.teacherDetector(run))) {
            Instances instances = Instances.read(drawn.data().annotations("instances", "val"));
            DetectorSplit split = DetectorSplit.open(
                    folder.resolve("cache"), "val", instances, drawn.data().images("val"), 64, 48);
            return detector.features(
                            split.pixels(picture, picture + 1), split.content(picture, picture + 1), List.of(boxes))
                    .get(0);
        }
    }

    /** A run with both detectors trained and recorded. */
    private RunDirectory both() {
        RunDirectory run = drawn.run("run");
        try (StopSignal stop = new StopSignal()) {
            for (Recipe recipe : List.of(drawn.student(run, stop), drawn.teacher(run, stop, Norm.TRAINED))) {
                recipe.run();
                run.finish(recipe.stage(), 1);
            }
        }
        return run;
    }

    private void export(RunDirectory run) {
        try (StopSignal stop = new StopSignal()) {
            run(FeatureRecipe.student(run, drawn.data(), Device.cpu(), stop));
            run(FeatureRecipe.teacher(run, drawn.data(), Device.cpu(), stop));
        }
        describe(run);
    }

    private void describe(RunDirectory run) {
        try (StopSignal stop = new StopSignal()) {
            run(new TeacherFeatureRecipe(run, drawn.data(), Device.cpu(), stop));
        }
    }

    private static void run(Recipe recipe) {
        recipe.run();
        assertThat(recipe.stage().outputs()).hasSize(2).allSatisfy(file -> assertThat(file)
                .exists());
    }

    private void teacher(RunDirectory run, StopSignal stop) {
        try (stop) {
            drawn.teacher(run, stop, Norm.TRAINED).run();
        }
    }
}
