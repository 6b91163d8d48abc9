package dev.glimpse.distillation;

import static dev.glimpse.error.UserError.require;

import dev.glimpse.feature.FeatureStore;
import dev.glimpse.feature.RegionRow;
import java.util.Arrays;

/**
 * Checks that student and teacher look at the same tokens: the same pictures in the same order, and in each the same boxes,
 * scores and classes in the same order, bit by bit. Tags and masks follow from classes and scores. Only the feature vectors
 * differ. Without that the losses would compare unrelated tokens (Fang et al., arXiv 2104.02096).
 */
public final class Alignment {
    private static final String AGAIN =
            "; both must be the student's, in the student's order. Run the features stage again.";

    private Alignment() {}

    /**
     * Requires that two stores hold the same pictures in the same order.
     *
     * @throws dev.glimpse.error.UserError that names the first difference
     */
    public static void requireSamePictures(FeatureStore student, FeatureStore teacher) {
        require(
                student.size() == teacher.size(),
                "split %s: the student's feature store has %d pictures, the teacher's %d. Run the features stage again.",
                student.header().split(),
                student.size(),
                teacher.size());
        for (int i = 0; i < student.size(); i++) {
            require(
                    student.imageId(i) == teacher.imageId(i),
                    "split %s: place %d holds picture %d in the student's feature store, picture %d in the teacher's. Run the "
                            + "features stage again.",
                    student.header().split(),
                    i,
                    student.imageId(i),
                    teacher.imageId(i));
        }
    }

    /**
     * Requires that one picture's boxes, scores and classes are the same on both sides.
     *
     * @param picture the picture's id, for the message
     * @throws dev.glimpse.error.UserError that names the picture and the first row that differs
     */
    public static void requireSameRegions(long picture, RegionRow student, RegionRow teacher) {
        int regions = student.scores().length;
        require(
                teacher.scores().length == regions,
                "picture %d: the student has %d regions, the teacher %d%s",
                picture,
                regions,
                teacher.scores().length,
                AGAIN);
        for (int r = 0; r < regions; r++) {
            float[] box = Arrays.copyOfRange(student.boxes(), 4 * r, 4 * r + 4);
            float[] other = Arrays.copyOfRange(teacher.boxes(), 4 * r, 4 * r + 4);
            require(
                    Arrays.equals(box, other),
                    "picture %d, row %d: the student's box is %s, the teacher's %s%s",
                    picture,
                    r,
                    Arrays.toString(box),
                    Arrays.toString(other),
                    AGAIN);
            same(picture, r, "score", student.scores()[r], teacher.scores()[r]);
            same(picture, r, "class", student.classes()[r], teacher.classes()[r]);
        }
    }

    private static void same(long picture, int row, String what, Number student, Number teacher) {
        require(
                student.equals(teacher),
                "picture %d, row %d: the student's %s is %s, the teacher's %s%s",
                picture,
                row,
                what,
                student,
                teacher,
                AGAIN);
    }
}
