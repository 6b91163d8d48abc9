package dev.glimpse.detector;

import static dev.glimpse.error.UserError.require;

/**
 * Boxes of a batch of pictures.
 *
 * @param boxes (N, 4): x1, y1, x2, y2 in pixels of the network's input
 * @param pictures (N): index of each box's picture in the batch
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
public record Rois(float[] boxes, int[] pictures) {
    public Rois {
        require(
                boxes.length == 4 * pictures.length,
                "%d boxes need %d numbers, found %d",
                pictures.length,
                4 * pictures.length,
                boxes.length);
    }

    public int count() {
        return pictures.length;
    }

    int picture(int n) {
        return pictures[n];
    }

    float x1(int n) {
        return boxes[4 * n];
    }

    float y1(int n) {
        return boxes[4 * n + 1];
    }

    float width(int n) {
        return boxes[4 * n + 2] - boxes[4 * n];
    }

    float height(int n) {
        return boxes[4 * n + 3] - boxes[4 * n + 1];
    }
}
