package dev.glimpse.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.glimpse.annotation.AnnotatedPicture;
import dev.glimpse.annotation.Instances;
import dev.glimpse.bundle.Labels;
import dev.glimpse.sample.DetectorBatch.Objects;
import dev.glimpse.seed.Seed;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DetectorSamplesTest {
    private static final int SIDE = 32;

    @TempDir
    Path folder;

    private static Instances instances(List<AnnotatedPicture> pictures) {
        Labels labels = new Labels(List.of("block"), List.of("red"));
        return new Instances(Path.of("instances.json"), labels, List.of(1L), pictures, Map.of());
    }

    private DetectorSplit split() {
        List<AnnotatedPicture> pictures = DrawnPictures.write(folder.resolve("images"), 3);
        return DetectorSplit.open(
                folder.resolve("cache"), "train", instances(pictures), folder.resolve("images"), SIDE, SIDE);
    }

    @Test
    void withoutAugmentationPixelsAreNormalisedAndBoxesScaled() {
        DetectorBatch batch = batch(Augmentation.none(), 2);
        Objects objects = batch.objects().get(0);
        assertThat(objects.contentWidth()).isEqualTo(32);
        assertThat(objects.contentHeight()).isEqualTo(24);
        assertThat(objects.boxes()).containsExactly(1, 2, 9, 10);
        byte[] pixels = split().pixels(2);
        for (int c = 0; c < 3; c++) {
            float value = (pixels[(5 * SIDE + 7) * 3 + c] & 0xFF) / 255f;
            float expected = (value - Augmentation.MEAN[c]) / Augmentation.DEVIATION[c];
            assertThat(batch.pixels()[(c * SIDE + 5) * SIDE + 7]).isCloseTo(expected, within(1e-5f));
        }
    }

    @Test
    void mirroringTurnsContentAndBoxesAndLeavesTheFilledRest() {
        DetectorBatch plain = batch(Augmentation.none(), 1);
        DetectorBatch mirrored = batch(new Augmentation(1, 0, 0, 0), 1);
        assertThat(mirrored.objects().get(0).boxes()).containsExactly(32 - 8.5f, 1, 32 - .5f, 9);
        for (int y = 0; y < SIDE; y++) {
            for (int x = 0; x < SIDE; x++) {
                assertThat(mirrored.pixels()[y * SIDE + x]).isEqualTo(plain.pixels()[y * SIDE + SIDE - 1 - x]);
            }
        }
    }

    @Test
    void theSameSeedChangesAPictureInTheSameWay() {
        Augmentation strong = new Augmentation(.5, .3, .3, .3);
        int[] indices = {0, 1, 2};
        DetectorSamples samples = new DetectorSamples(split(), strong);
        float[] first = samples.batch(indices, new Seed(4)).pixels();
        assertThat(samples.batch(indices, new Seed(4)).pixels()).isEqualTo(first);
        assertThat(samples.batch(indices, new Seed(5)).pixels()).isNotEqualTo(first);
    }

    private DetectorBatch batch(Augmentation augmentation, int picture) {
        return new DetectorSamples(split(), augmentation).batch(new int[] {picture}, new Seed(1));
    }
}
