package dev.glimpse.detector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import dev.glimpse.bundle.Labels;
import dev.glimpse.detector.C4Size.Block;
import dev.glimpse.detector.C4Size.Norm;
import dev.glimpse.detector.C4Size.ResNet;
import dev.glimpse.error.UserError;
import dev.glimpse.feature.RegionRow;
import dev.glimpse.seed.Seed;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TeacherDetectorTest {
    private static final Labels LABELS = new Labels(List.of("square", "bar"), List.of("red", "green", "blue"));
    private static final DetectorTraining SETTINGS = new DetectorTraining(64, 24, .5, .5);
    private static final int FEATURE = 32;

    @TempDir
    Path folder;

    @Test
    void everyParameterWithTrainedNormsReceivesGradient() {
        with(size(Block.BASIC, Norm.TRAINED), (manager, detector) -> assertThat(
                        Trials.withoutGradient(manager, detector, SETTINGS))
                .isEmpty());
    }

    @Test
    void everyParameterWithBottlenecksAndFrozenNormsReceivesGradient() {
        with(size(Block.BOTTLENECK, Norm.FROZEN), (manager, detector) -> assertThat(
                        Trials.withoutGradient(manager, detector, SETTINGS))
                .isEmpty());
    }

    @Test
    void frozenNormsAreNoParametersAndStayAsTheyAre() {
        with(size(Block.BASIC, Norm.FROZEN), (manager, detector) -> {
            assertThat(detector.parameters().specs()).noneMatch(p -> p.name().contains("norm"));
            String name = "backbone.stage5.block1.norm2.";
            float[] scale = detector.statistics().values(name + "weight");
            Trials.train(manager, detector, SETTINGS, Shapes.batch(Shapes.draw(2, 64), 64), 3);
            assertThat(detector.statistics().values(name + "weight")).isEqualTo(scale);
            assertThat(detector.statistics().values(name + "mean")).containsOnly(0);
        });
    }

    @Test
    void trainedNormsFollowThePictures() {
        with(size(Block.BASIC, Norm.TRAINED), (manager, detector) -> {
            Trials.train(manager, detector, SETTINGS, Shapes.batch(Shapes.draw(2, 64), 64), 3);
            assertThat(detector.statistics().values("backbone.stem.norm.mean")).doesNotContain(0);
            assertThat(detector.statistics().values("backbone.stage5.block1.norm2.mean"))
                    .doesNotContain(0);
        });
    }

    @Test
    void eightPicturesAreLearntByHeart() {
        with(size(Block.BASIC, Norm.TRAINED), (manager, detector) -> {
            List<Shapes> pictures = Shapes.draw(8, 64);
            Trials.train(manager, detector, SETTINGS, Shapes.batch(pictures, 64), 160);
            List<DetectedPicture> found = Trials.detect(detector, pictures);
            // Which of the 16 rectangles is learnt last depends on how the processor rounds.
            assertThat(Shapes.found(pictures, found, 64, LABELS.attributes().size()))
                    .isGreaterThanOrEqualTo(14);
        });
    }

    @Test
    void aDetectorComesBackFromItsFileAndSeesTheSame() {
        with(size(Block.BOTTLENECK, Norm.FROZEN), (manager, detector) -> {
            List<Shapes> pictures = Shapes.draw(2, 64);
            Trials.train(manager, detector, SETTINGS, Shapes.batch(pictures, 64), 3);
            Path file = folder.resolve("teacher-detector.safetensors");
            detector.write(file);
            try (TeacherDetector other = TeacherDetector.open(manager, file)) {
                assertThat(other.size()).isEqualTo(detector.size());
                assertThat(other.labels()).isEqualTo(LABELS);
                float[] box = {.1f, .2f, .6f, .7f};
                assertThat(features(other, pictures.get(0), box)).isEqualTo(features(detector, pictures.get(0), box));
            }
            assertThatThrownBy(() -> StudentDetector.open(manager, file))
                    .isInstanceOf(UserError.class)
                    .hasMessageContaining("expected a checkpoint of kind student-detector, found teacher-detector");
        });
    }

    @Test
    void permutedBoxesGiveExactlyThePermutedFeatures() {
        trained((detector, picture) -> {
            for (int count : new int[] {2, 5, 16, 37}) {
                float[] boxes = boxes(count, new Random(count));
                int[] order = permutation(count, new Random(7));
                float[] permuted = new float[boxes.length];
                for (int i = 0; i < count; i++) {
                    System.arraycopy(boxes, 4 * order[i], permuted, 4 * i, 4);
                }
                float[] features = features(detector, picture, boxes);
                float[] moved = features(detector, picture, permuted);
                for (int i = 0; i < count; i++) {
                    assertThat(row(moved, i)).as("%d boxes, box %d", count, i).isEqualTo(row(features, order[i]));
                }
            }
        });
    }

    @Test
    void equalBoxesGiveEqualFeaturesAndOthersOthers() {
        trained((detector, picture) -> {
            float[] boxes = boxes(6, new Random(1));
            System.arraycopy(boxes, 0, boxes, 4 * 4, 4);
            float[] features = features(detector, picture, boxes);
            assertThat(row(features, 4)).isEqualTo(row(features, 0)).isNotEqualTo(row(features, 1));
        });
    }

    @Test
    void aBoxHasTheSameFeatureWhateverStandsBesideIt() {
        trained((detector, picture) -> {
            float[] boxes = boxes(9, new Random(2));
            float[] together = features(detector, picture, boxes);
            for (int i = 0; i < 9; i++) {
                float[] alone = features(detector, picture, Arrays.copyOfRange(boxes, 4 * i, 4 * i + 4));
                assertThat(alone).containsExactly(row(together, i), within(1e-4f));
            }
        });
    }

    @Test
    void itsOwnRegionsHaveTheFeaturesOfTheirBoxesWhenGiven() {
        trained((detector, picture) -> {
            RegionRow own = Trials.detect(detector, List.of(picture)).get(0).regions();
            int count = own.count();
            assertThat(count).isGreaterThan(1);
            float[] given = features(detector, picture, Arrays.copyOf(own.boxes(), 4 * count));
            assertThat(own.features()).isEqualTo(Arrays.copyOf(given, own.features().length));
        });
    }

    @Test
    void picturesMayHaveDifferentNumbersOfBoxesAndNone() {
        trained((detector, picture) -> {
            List<Shapes> pictures = List.of(picture, Shapes.draw(4, 64).get(3), picture);
            float[] boxes = boxes(3, new Random(4));
            List<float[]> features = detector.features(
                    Trials.pixels(pictures), Trials.content(3), List.of(boxes, new float[0], Arrays.copyOf(boxes, 4)));
            assertThat(features).extracting(f -> f.length).containsExactly(3 * FEATURE, 0, FEATURE);
            assertThatThrownBy(() -> detector.features(Trials.pixels(pictures), Trials.content(3), List.of(boxes)))
                    .isInstanceOf(UserError.class)
                    .hasMessageContaining("expected boxes of 3 pictures, found those of 1");
        });
    }

    private static float[] features(TeacherDetector detector, Shapes picture, float[] boxes) {
        return detector.features(List.of(picture.pixels()), Trials.content(1), List.of(boxes))
                .get(0);
    }

    private static float[] row(float[] features, int i) {
        return Arrays.copyOfRange(features, i * FEATURE, (i + 1) * FEATURE);
    }

    private static float[] boxes(int count, Random random) {
        float[] boxes = new float[4 * count];
        for (int i = 0; i < count; i++) {
            boxes[4 * i] = .7f * random.nextFloat();
            boxes[4 * i + 1] = .7f * random.nextFloat();
            boxes[4 * i + 2] = boxes[4 * i] + .05f + (.95f - boxes[4 * i]) * random.nextFloat();
            boxes[4 * i + 3] = boxes[4 * i + 1] + .05f + (.95f - boxes[4 * i + 1]) * random.nextFloat();
        }
        return boxes;
    }

    private static int[] permutation(int count, Random random) {
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            order.add(i);
        }
        Collections.shuffle(order, random);
        return order.stream().mapToInt(i -> i).toArray();
    }

    private static C4Size size(Block block, Norm norm) {
        ResNet backbone = new ResNet(block, norm, 8, List.of(16, 24, 32, FEATURE), List.of(1, 1, 2, 1));
        return new C4Size(64, 64, backbone, List.of(12d, 24d), 24, 100, 30, 6, 8, .05, 2, 3, 4, 12);
    }

    /** A detector that has seen a few pictures, and one of them. */
    private static void trained(BiConsumer<TeacherDetector, Shapes> test) {
        with(size(Block.BASIC, Norm.TRAINED), (manager, detector) -> {
            List<Shapes> pictures = Shapes.draw(4, 64);
            Trials.train(manager, detector, SETTINGS, Shapes.batch(pictures, 64), 30);
            test.accept(detector, pictures.get(0));
        });
    }

    private static void with(C4Size size, BiConsumer<NDManager, TeacherDetector> test) {
        try (NDManager manager = NDManager.newBaseManager();
                TeacherDetector detector = new TeacherDetector(manager, size, LABELS, new Seed(3))) {
            test.accept(manager, detector);
        }
    }
}
