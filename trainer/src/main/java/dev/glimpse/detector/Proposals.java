package dev.glimpse.detector;

import dev.glimpse.box.Suppression;
import java.util.Arrays;

/** Objectness and deltas of a picture's anchors in, proposals out: decoded, clipped, suppressed at IoU .7. */
final class Proposals {
    private static final float IOU = .7f;

    private Proposals() {}

    /**
     * The proposals of one picture by falling objectness.
     *
     * @param picture index of the picture in the batch
     * @param objectness (B, A)
     * @param deltas (B, A, 4)
     * @param width width of the picture's content in pixels
     * @param height height of it
     * @return (N, 4) in pixels, N at most {@code outline.proposals()}
     */
    static float[] of(
            int picture, float[] objectness, float[] deltas, float width, float height, DetectorOutline outline) {
        float[] anchors = outline.anchors();
        int count = anchors.length / 4;
        float[] scores = Arrays.copyOfRange(objectness, picture * count, (picture + 1) * count);
        int[] best = Arrays.copyOf(Suppression.order(scores), Math.min(outline.preNms(), count));
        float[] boxes = new float[4 * best.length];
        float[] kept = new float[best.length];
        for (int i = 0; i < best.length; i++) {
            BoxCoder.ANCHOR.decode(deltas, picture * count + best[i], anchors, best[i], width, height, boxes, i);
            kept[i] = scores[best[i]];
        }
        int[] chosen = Suppression.suppress(boxes, kept, IOU, outline.proposals());
        float[] proposals = new float[4 * chosen.length];
        for (int i = 0; i < chosen.length; i++) {
            System.arraycopy(boxes, 4 * chosen[i], proposals, 4 * i, 4);
        }
        return proposals;
    }
}
