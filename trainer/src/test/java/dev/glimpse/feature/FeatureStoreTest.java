package dev.glimpse.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.glimpse.error.UserError;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeatureStoreTest {
    private static final int REGIONS = 3;
    private static final int FEATURE = 5;

    @TempDir
    Path folder;

    @Test
    void everyPictureComesBackAsWritten() {
        Path file = write(7, 11, 42);
        FeatureStore store = FeatureStore.open(file, "abc");
        assertThat(store.size()).isEqualTo(3);
        for (long id : new long[] {42, 7, 11}) {
            int i = store.index(id);
            RegionRow expected = row(id);
            assertThat(store.imageId(i)).isEqualTo(id);
            assertThat(store.sourceWidth(i)).isEqualTo(100 + (int) id);
            assertThat(store.sourceHeight(i)).isEqualTo(50);
            assertThat(store.regions(i).boxes()).isEqualTo(expected.boxes());
            assertThat(store.regions(i).scores()).isEqualTo(expected.scores());
            assertThat(store.regions(i).classes()).isEqualTo(expected.classes());
            assertThat(store.regions(i).features()).isEqualTo(expected.features());
            assertThat(store.scores(i)).isEqualTo(expected.scores());
            assertThat(store.classes(i)).isEqualTo(expected.classes());
        }
    }

    @Test
    void fullDiskIsNamedAndLeavesNothingBehind() throws IOException {
        Path full = Path.of("/dev/full");
        assumeTrue(Files.exists(full), "this system has no device that is always full");
        Path file = folder.resolve("features.bin");
        Path temporary = Files.createSymbolicLink(folder.resolve("features.bin.tmp"), full);
        assertThatThrownBy(() -> write(7))
                .isInstanceOf(UserError.class)
                .hasMessage(file + ": cannot be written: No space left on device; is the disk full?");
        assertThat(file).doesNotExist();
        assertThat(temporary).doesNotExist();
    }

    @Test
    void featuresOfAnotherDetectorAreRefused() {
        Path file = write(7);
        assertThatThrownBy(() -> FeatureStore.open(file, "def"))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("abc")
                .hasMessageContaining("def");
    }

    @Test
    void aStoreOfTwoDetectorsIsBoundToBoth() {
        Path file = folder.resolve("features.bin");
        FeatureHeader header = new FeatureHeader(FeatureHeader.VERSION, "train", 1, REGIONS, FEATURE, "abc", "def");
        try (FeatureWriter writer = new FeatureWriter(file, header)) {
            writer.append(7, 107, 50, row(7));
            writer.finish();
        }
        assertThat(FeatureStore.open(file, "abc", "def").header()).isEqualTo(header);
        assertThatThrownBy(() -> FeatureStore.open(file, "ghi", "def"))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("found by the detector with SHA-256 abc, but the detector at hand has ghi");
        assertThatThrownBy(() -> FeatureStore.open(file, "abc"))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("computed by the detector with SHA-256 def, but the detector at hand has abc");
    }

    @Test
    void rowsWithoutRegionAreNotCounted() {
        float[] scores = {.9f, .5f, 0, 0};
        assertThat(new RegionRow(new float[16], scores, new int[4], new float[0]).count())
                .isEqualTo(2);
        assertThat(row(7).count()).isEqualTo(REGIONS);
    }

    @Test
    void aMissingPictureIsNamed() {
        FeatureStore store = FeatureStore.open(write(7));
        assertThat(store.contains(8)).isFalse();
        assertThatThrownBy(() -> store.index(8)).isInstanceOf(UserError.class).hasMessageContaining("picture 8");
    }

    @Test
    void aCutFileIsRefused() throws IOException {
        Path file = write(7, 11);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(channel.size() - 1);
        }
        assertThatThrownBy(() -> FeatureStore.open(file))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("bytes");
    }

    @Test
    void somethingElseIsRefused() throws IOException {
        Path file = Files.writeString(folder.resolve("x"), "some text that is long enough");
        assertThatThrownBy(() -> FeatureStore.open(file)).hasMessageContaining("no feature store");
    }

    @Test
    void anUnfinishedStoreLeavesNothing() throws IOException {
        Path file = folder.resolve("features.bin");
        try (FeatureWriter writer = new FeatureWriter(file, FeatureHeader.of("train", 2, REGIONS, FEATURE, "abc"))) {
            writer.append(1, 10, 10, row(1));
            assertThatThrownBy(writer::finish).isInstanceOf(UserError.class).hasMessageContaining("2 pictures");
        }
        try (var files = Files.list(folder)) {
            assertThat(files).isEmpty();
        }
    }

    private Path write(long... ids) {
        Path file = folder.resolve("features.bin");
        try (FeatureWriter writer =
                new FeatureWriter(file, FeatureHeader.of("train", ids.length, REGIONS, FEATURE, "abc"))) {
            for (long id : ids) {
                writer.append(id, 100 + (int) id, 50, row(id));
            }
            writer.finish();
        }
        return file;
    }

    private static RegionRow row(long id) {
        Random random = new Random(id);
        float[] boxes = new float[REGIONS * 4];
        float[] scores = new float[REGIONS];
        int[] classes = new int[REGIONS];
        float[] features = new float[REGIONS * FEATURE];
        for (int i = 0; i < boxes.length; i++) {
            boxes[i] = random.nextFloat();
        }
        for (int i = 0; i < REGIONS; i++) {
            scores[i] = random.nextFloat();
            classes[i] = random.nextInt(90);
        }
        for (int i = 0; i < features.length; i++) {
            features[i] = random.nextFloat();
        }
        return new RegionRow(boxes, scores, classes, features);
    }
}
