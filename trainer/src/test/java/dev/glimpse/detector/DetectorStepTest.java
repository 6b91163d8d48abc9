package dev.glimpse.detector;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import dev.glimpse.bundle.Labels;
import dev.glimpse.optimizer.AdamW;
import dev.glimpse.optimizer.Clip;
import dev.glimpse.parameter.ParameterSpec;
import dev.glimpse.sample.DetectorBatch;
import dev.glimpse.seed.Seed;
import dev.glimpse.size.DetectorSize;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
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
        assertThat(withoutGradient(TinySize.of(2, 3))).isEmpty();
    }

    @Test
    void everyParameterOfTheEfficientNetDetectorReceivesGradient() {
        assertThat(withoutGradient(TinySize.efficientNet(2, 3))).isEmpty();
    }

    @Test
    void picturesWithoutObjectsTrainTheBackgroundOnly() {
        try (NDManager manager = NDManager.newBaseManager();
                StudentDetector detector = detector(manager, TinySize.of(2, 3));
                NDManager step = manager.newSubManager();
                GradientCollector collector = Engine.getInstance().newGradientCollector()) {
            DetectorBatch batch = Shapes.empty(2, 64);
            Map<String, NDArray> losses = new DetectorStep(detector.size(), SETTINGS)
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
            train(manager, detector, batch, 160);
            List<DetectedPicture> found = detect(detector, pictures);
            for (int b = 0; b < pictures.size(); b++) {
                pictures.get(b)
                        .assertFound(found.get(b), 64, LABELS.attributes().size());
            }
        }
    }

    @Test
    void aDetectorComesBackFromItsFileAndSeesTheSame() {
        try (NDManager manager = NDManager.newBaseManager();
                StudentDetector detector = detector(manager, TinySize.of(2, 3))) {
            List<Shapes> pictures = Shapes.draw(3, 64);
            train(manager, detector, Shapes.batch(pictures, 64), 5);
            Path file = folder.resolve("student-detector.safetensors");
            detector.write(file);
            try (StudentDetector other = StudentDetector.open(manager, file)) {
                assertThat(other.size()).isEqualTo(detector.size());
                assertThat(other.labels()).isEqualTo(LABELS);
                assertSame(detect(other, pictures), detect(detector, pictures));
            }
        }
    }

    @Test
    void aPictureIsSeenTheSameWhateverStandsBesideItInTheBatch() {
        try (NDManager manager = NDManager.newBaseManager();
                StudentDetector detector = detector(manager, TinySize.of(2, 3))) {
            List<Shapes> pictures = Shapes.draw(3, 64);
            train(manager, detector, Shapes.batch(pictures, 64), 20);
            List<DetectedPicture> together = detect(detector, pictures);
            for (int b = 0; b < pictures.size(); b++) {
                assertClose(detect(detector, pictures.subList(b, b + 1)).get(0), together.get(b));
            }
        }
    }

    private static List<String> withoutGradient(DetectorSize size) {
        try (NDManager manager = NDManager.newBaseManager();
                StudentDetector detector = detector(manager, size);
                NDManager step = manager.newSubManager();
                GradientCollector collector = Engine.getInstance().newGradientCollector()) {
            TeeNetwork network = detector.training(step);
            collector.backward(total(detector, network, step, Shapes.batch(Shapes.draw(6, 64), 64), 1));
            float[] gradient = network.weights().gradient().toFloatArray();
            List<String> without = new ArrayList<>();
            int from = 0;
            for (ParameterSpec spec : detector.parameters().specs()) {
                int to = from + Math.toIntExact(spec.shape().size());
                float[] part = Arrays.copyOfRange(gradient, from, to);
                boolean some = false;
                for (float g : part) {
                    assertThat(g).as(spec.name()).isFinite();
                    some |= g != 0;
                }
                if (!some) {
                    without.add(spec.name());
                }
                from = to;
            }
            return without;
        }
    }

    private static NDArray total(
            StudentDetector detector, TeeNetwork network, NDManager step, DetectorBatch batch, int seed) {
        return new DetectorStep(detector.size(), SETTINGS)
                .losses(step, network, batch, new Seed(seed)).values().stream()
                        .reduce(NDArray::add)
                        .orElseThrow();
    }

    private static void train(NDManager manager, StudentDetector detector, DetectorBatch batch, int steps) {
        try (AdamW optimizer = new AdamW(manager, detector.parameters(), 0)) {
            for (int t = 1; t <= steps; t++) {
                try (NDManager step = manager.newSubManager();
                        GradientCollector collector = Engine.getInstance().newGradientCollector()) {
                    TeeNetwork network = detector.training(step);
                    collector.backward(total(detector, network, step, batch, t));
                    NDArray gradient = network.weights().gradient();
                    Clip.toNorm(gradient, 5);
                    optimizer.step(gradient, 4e-3 * Math.min(1, (steps - t + 1) / (steps * .5)), t);
                }
            }
        }
    }

    private static StudentDetector detector(NDManager manager, DetectorSize size) {
        return new StudentDetector(manager, size, LABELS, new Seed(3));
    }

    private static List<DetectedPicture> detect(StudentDetector detector, List<Shapes> pictures) {
        float[] content = new float[2 * pictures.size()];
        Arrays.fill(content, 64);
        return detector.detect(pictures.stream().map(Shapes::pixels).toList(), content);
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
