package dev.glimpse.assignment;

import dev.glimpse.box.Suppression;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * The anchors of one picture that a step looks at (Faster R-CNN, arXiv 1506.01497, section 3.1.2). An anchor stands for an
 * object when it overlaps it by IoU .7 or more, or as much as any anchor does; for background when it overlaps none by .3.
 *
 * @param positives anchors that stand for objects
 * @param objects the object of each of them
 * @param negatives anchors that stand for background
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
public record AnchorSample(int[] positives, int[] objects, int[] negatives) {
    private static final float OBJECT = .7f;
    private static final float BACKGROUND = .3f;

    /**
     * Draws a sample.
     *
     * @param anchors (A, 4)
     * @param boxes (G, 4) objects, in the same unit
     * @param size anchors drawn, at most half of them positive
     */
    public static AnchorSample draw(float[] anchors, float[] boxes, int size, Random random) {
        Matches matches = Matches.of(anchors, boxes);
        int[] object = matches.object().clone();
        boolean[] positive = new boolean[object.length];
        for (int a = 0; a < object.length; a++) {
            positive[a] = matches.iou()[a] >= OBJECT;
        }
        markBest(anchors, boxes, positive, object);
        int[] candidates =
                IntStream.range(0, object.length).filter(a -> positive[a]).toArray();
        int[] positives = Draw.some(candidates, size / 2, random);
        int[] rest = IntStream.range(0, object.length)
                .filter(a -> !positive[a] && matches.iou()[a] < BACKGROUND)
                .toArray();
        int[] negatives = Draw.some(rest, size - positives.length, random);
        return new AnchorSample(
                positives, Arrays.stream(positives).map(a -> object[a]).toArray(), negatives);
    }

    /** Gives each object the anchors that overlap it most, though it be less than .7. */
    private static void markBest(float[] anchors, float[] boxes, boolean[] positive, int[] object) {
        for (int g = 0; g < boxes.length / 4; g++) {
            float best = 0;
            for (int a = 0; a < positive.length; a++) {
                best = Math.max(best, Suppression.iou(anchors, a, boxes, g));
            }
            for (int a = 0; a < positive.length && best > 0; a++) {
                if (!positive[a] && Suppression.iou(anchors, a, boxes, g) == best) {
                    positive[a] = true;
                    object[a] = g;
                }
            }
        }
    }
}
