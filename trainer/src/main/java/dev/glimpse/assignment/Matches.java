package dev.glimpse.assignment;

import dev.glimpse.box.Suppression;

/**
 * The best object of every box.
 *
 * @param object (N): index of the object with most overlap, -1 where there is no object at all
 * @param iou (N): that overlap
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
record Matches(int[] object, float[] iou) {
    /**
     * Compares all with all.
     *
     * @param boxes (N, 4)
     * @param objects (G, 4)
     */
    static Matches of(float[] boxes, float[] objects) {
        int n = boxes.length / 4;
        int[] object = new int[n];
        float[] iou = new float[n];
        for (int i = 0; i < n; i++) {
            object[i] = objects.length == 0 ? -1 : 0;
            for (int g = 0; g < objects.length / 4; g++) {
                float overlap = Suppression.iou(boxes, i, objects, g);
                if (overlap > iou[i]) {
                    iou[i] = overlap;
                    object[i] = g;
                }
            }
        }
        return new Matches(object, iou);
    }
}
