package dev.glimpse.box;

import static dev.glimpse.error.UserError.require;

import java.util.Arrays;

/** Non-maximum suppression: boxes and scores in, the indices of those that stay out. */
public final class Suppression {
    private Suppression() {}

    /**
     * Goes through the boxes by falling score, the earlier one first among equals, and keeps a box unless it overlaps a
     * kept one by more than {@code iou}.
     *
     * @param boxes (N, 4): x1, y1, x2, y2 in any unit
     * @param scores (N), finite
     * @param iou intersection over union above which a box goes, in [0, 1]
     * @param max how many to keep at most
     * @return indices of the kept boxes by falling score
     */
    public static int[] suppress(float[] boxes, float[] scores, float iou, int max) {
        require(
                boxes.length == 4 * scores.length,
                "%d scores need %d numbers of boxes, found %d",
                scores.length,
                4 * scores.length,
                boxes.length);
        int[] kept = new int[Math.min(max, scores.length)];
        int count = 0;
        for (int candidate : order(scores)) {
            if (count == kept.length) {
                break;
            }
            if (staysBeside(boxes, candidate, kept, count, iou)) {
                kept[count++] = candidate;
            }
        }
        return Arrays.copyOf(kept, count);
    }

    /** Indices by falling score, the earlier one first among equals. */
    public static int[] order(float[] scores) {
        long[] keys = new long[scores.length];
        for (int i = 0; i < keys.length; i++) {
            int bits = Float.floatToIntBits(scores[i] + 0f); // + 0: a negative zero equals zero
            int ascending = bits < 0 ? ~bits : bits ^ 0x8000_0000; // unsigned order of floats
            keys[i] = (long) (~ascending ^ 0x8000_0000) << 32 | i; // signed, falling
        }
        Arrays.sort(keys);
        int[] order = new int[keys.length];
        for (int i = 0; i < order.length; i++) {
            order[i] = (int) keys[i];
        }
        return order;
    }

    private static boolean staysBeside(float[] boxes, int candidate, int[] kept, int count, float iou) {
        for (int k = 0; k < count; k++) {
            if (iou(boxes, candidate, boxes, kept[k]) > iou) {
                return false;
            }
        }
        return true;
    }

    /** Intersection over union of box {@code i} of {@code a} and box {@code j} of {@code b}; 0 when they do not overlap. */
    public static float iou(float[] a, int i, float[] b, int j) {
        float w = Math.min(a[4 * i + 2], b[4 * j + 2]) - Math.max(a[4 * i], b[4 * j]);
        float h = Math.min(a[4 * i + 3], b[4 * j + 3]) - Math.max(a[4 * i + 1], b[4 * j + 1]);
        if (w <= 0 || h <= 0) {
            return 0;
        }
        float intersection = w * h;
        return intersection / (area(a, i) + area(b, j) - intersection);
    }

    private static float area(float[] boxes, int i) {
        return (boxes[4 * i + 2] - boxes[4 * i]) * (boxes[4 * i + 3] - boxes[4 * i + 1]);
    }
}
