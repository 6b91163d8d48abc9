package dev.glimpse.distillation;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.glimpse.error.UserError;
import dev.glimpse.feature.FeatureHeader;
import dev.glimpse.feature.FeatureStore;
import dev.glimpse.feature.FeatureWriter;
import dev.glimpse.feature.RegionRow;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AlignmentTest {
    private static final RegionRow STUDENT = row(0.9f, 0.5f, 0.25f, 3, 1);

    @TempDir
    private Path folder = Path.of("");

    @Test
    void otherFeaturesOfTheSameBoxesAreAligned() {
        RegionRow teacher = new RegionRow(STUDENT.boxes(), STUDENT.scores(), STUDENT.classes(), new float[6]);
        assertThatCode(() -> Alignment.requireSameRegions(7, STUDENT, teacher)).doesNotThrowAnyException();
    }

    @Test
    void rowsInTheTeachersOwnOrderAreRefusedByPictureAndRow() {
        RegionRow teacher = row(0.5f, 0.9f, 0.25f, 1, 3);
        assertThatThrownBy(() -> Alignment.requireSameRegions(7, STUDENT, teacher))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("picture 7, row 0")
                .hasMessageContaining("score is 0.9, the teacher's 0.5")
                .hasMessageContaining("Run the features stage again");
    }

    @Test
    void boxThatMovedByOneBitIsRefused() {
        RegionRow teacher = row(0.9f, 0.5f, Math.nextUp(0.25f), 3, 1);
        assertThatThrownBy(() -> Alignment.requireSameRegions(7, STUDENT, teacher))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("picture 7, row 1: the student's box is");
    }

    @Test
    void anotherClassIsAnotherTagAndRefused() {
        RegionRow teacher = row(0.9f, 0.5f, 0.25f, 3, 2);
        assertThatThrownBy(() -> Alignment.requireSameRegions(7, STUDENT, teacher))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("picture 7, row 1: the student's class is 1, the teacher's 2");
    }

    @Test
    void storesOfOtherPicturesOrAnotherOrderAreRefused() {
        FeatureStore student = store("student", 1, 2);
        assertThatCode(() -> Alignment.requireSamePictures(student, store("teacher", 1, 2)))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> Alignment.requireSamePictures(student, store("fewer", 1)))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("split val: the student's feature store has 2 pictures, the teacher's 1");
        assertThatThrownBy(() -> Alignment.requireSamePictures(student, store("turned", 2, 1)))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("place 0 holds picture 1 in the student's feature store, picture 2");
    }

    /** Two regions; the second's left edge may be chosen. */
    private static RegionRow row(float score0, float score1, float left1, int class0, int class1) {
        return new RegionRow(
                new float[] {0, 0, 0.5f, 0.5f, left1, 0, 1, 1},
                new float[] {score0, score1},
                new int[] {class0, class1},
                new float[] {1, 2});
    }

    private FeatureStore store(String name, long... pictures) {
        Path file = folder.resolve(name + ".bin");
        try (FeatureWriter writer =
                new FeatureWriter(file, FeatureHeader.of("val", pictures.length, 2, 1, "0".repeat(64)))) {
            for (long picture : pictures) {
                writer.append(picture, 10, 10, STUDENT);
            }
            writer.finish();
        }
        return FeatureStore.open(file);
    }
}
