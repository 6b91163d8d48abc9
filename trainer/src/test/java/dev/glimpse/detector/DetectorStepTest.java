package dev.glimpse.detector;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import dev.glimpse.bundle.Labels;
import dev.glimpse.sample.DetectorBatch;
import dev.glimpse.seed.Seed;
import dev.glimpse.size.DetectorSize;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DetectorStepTest {
    private static final Labels LABELS = new Labels(List.of("square", "bar"), List.of("red", "green", "blue"));
    private static final DetectorTraining SETTINGS = new DetectorTraining(64, 24, .5, .5);

    @TempDir
    Path folder;

    @Test
    void everyParameterOfThePlainDetectorReceivesGradient() {
        assertEveryParameterReceivesGradient(TinySize.of(2, 3));
    }

    @Test
    void everyParameterOfTheEfficientNetDetectorReceivesGradient() {
        assertEveryParameterReceivesGradient(TinySize.efficientNet(2, 3));
    }

    @Test
    void picturesWithoutObjectsTrainTheBackgroundOnly() {
        try (NDManager manager = NDManager.newBaseManager();
                StudentDetector detector = detector(manager, TinySize.of(2, 3));
                NDManager step = manager.newSubManager();
                GradientCollector collector = Engine.getInstance().newGradientCollector()) {
            DetectorBatch batch = Shapes.empty(2, 64);
            Map<String, NDArray> losses = new DetectorStep(detector.outline(), SETTINGS)
                    .losses(step, detector.training(step), batch, new Seed(1));
            assertThat(losses).containsOnlyKeys("objectness", "class");
            collector.backward(losses.values().stream().reduce(NDArray::add).orElseThrow());
        }
    }

    @Test
    void eightPicturesAreLearntByHeart() {
        try (NDManager manager = NDManager.newBaseManager();
                StudentDetector detector = detector(manager, TinySize.of(2, 3))) {
            List<Shapes> pictures = Shapes.draw(8, 64);
            DetectorBatch batch = Shapes.batch(pictures, 64);
            Trials.train(manager, detector, SETTINGS, batch, 160);
            List<DetectedPicture> found = Trials.detect(detector, pictures);
            // Which of the 16 rectangles is learnt last depends on how the processor rounds.
            assertThat(Shapes.found(pictures, found, 64, LABELS.attributes().size()))
                    .isGreaterThanOrEqualTo(14);
        }
    }

    @Test
    void aDetectorComesBackFromItsFileAndSeesTheSame() {
        try (NDManager manager = NDManager.newBaseManager();
                StudentDetector detector = detector(manager, TinySize.of(2, 3))) {
            List<Shapes> pictures = Shapes.draw(3, 64);
            Trials.train(manager, detector, SETTINGS, Shapes.batch(pictures, 64), 5);
            Path file = folder.resolve("student-detector.safetensors");
            detector.write(file);
            try (StudentDetector other = StudentDetector.open(manager, file)) {
                assertThat(other.size()).isEqualTo(detector.size());
                assertThat(other.labels()).isEqualTo(LABELS);
                assertSame(Trials.detect(other, pictures), Trials.detect(detector, pictures));
            }
        }
    }

    @Test
    void aPictureIsSeenTheSameWhateverStandsBesideItInTheBatch() {
        try (NDManager manager = NDManager.newBaseManager();
                StudentDetector detector = detector(manager, TinySize.of(2, 3))) {
            List<Shapes> pictures = Shapes.draw(3, 64);
            Trials.train(manager, detector, SETTINGS, Shapes.batch(pictures, 64), 20);
            List<DetectedPicture> together = Trials.detect(detector, pictures);
            for (int b = 0; b < pictures.size(); b++) {
                assertClose(Trials.detect(detector, pictures.subList(b, b + 1)).get(0), together.get(b));
            }
        }
    }

    private static void assertEveryParameterReceivesGradient(DetectorSize size) {
        try (NDManager manager = NDManager.newBaseManager();
                StudentDetector detector = detector(manager, size)) {
            assertThat(Trials.withoutGradient(manager, detector, SETTINGS)).isEmpty();
        }
    }

    private static StudentDetector detector(NDManager manager, DetectorSize size) {
        return new StudentDetector(manager, size, LABELS, new Seed(3));
    }

    private static void assertSame(List<DetectedPicture> actual, List<DetectedPicture> expected) {
        for (int b = 0; b < expected.size(); b++) {
            assertThat(actual.get(b).regions().boxes())
                    .isEqualTo(expected.get(b).regions().boxes());
            assertThat(actual.get(b).regions().features())
                    .isEqualTo(expected.get(b).regions().features());
            assertThat(actual.get(b).attributes()).isEqualTo(expected.get(b).attributes());
        }
    }

    private static void assertClose(DetectedPicture actual, DetectedPicture expected) {
        assertThat(actual.regions().classes()).isEqualTo(expected.regions().classes());
        assertThat(actual.regions().scores())
                .containsExactly(expected.regions().scores(), org.assertj.core.api.Assertions.within(1e-4f));
        assertThat(actual.regions().boxes())
                .containsExactly(expected.regions().boxes(), org.assertj.core.api.Assertions.within(1e-4f));
        assertThat(actual.regions().features())
                .containsExactly(expected.regions().features(), org.assertj.core.api.Assertions.within(1e-3f));
    }
}
