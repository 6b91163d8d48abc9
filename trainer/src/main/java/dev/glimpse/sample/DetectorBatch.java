package dev.glimpse.sample;

import java.util.Arrays;
import java.util.List;

/**
 * Pictures and objects of one step of the detector's training.
 *
 * @param pixels (B, 3, height, width), normalised
 * @param objects the objects of each picture
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
public record DetectorBatch(float[] pixels, List<Objects> objects) {
    public DetectorBatch {
        objects = List.copyOf(objects);
    }

    public int size() {
        return objects.size();
    }

    /** Pictures {@code from} to {@code to - 1}. */
    public DetectorBatch share(int from, int to) {
        int picture = pixels.length / size();
        return from == 0 && to == size()
                ? this
                : new DetectorBatch(
                        Arrays.copyOfRange(pixels, from * picture, to * picture), objects.subList(from, to));
    }

    /**
     * One picture's objects, G of them.
     *
     * @param contentWidth width of the picture's content in the network's input, in pixels
     * @param contentHeight height of it
     * @param boxes (G, 4): x1, y1, x2, y2 in pixels of the network's input
     * @param labels (G), 0-based without background
     * @param attributes attributes of each object; empty where none are known
     */
    public record Objects(
            int contentWidth, int contentHeight, float[] boxes, int[] labels, List<List<Integer>> attributes) {
        public Objects {
            attributes = List.copyOf(attributes);
        }

        public int count() {
            return labels.length;
        }
    }
}
