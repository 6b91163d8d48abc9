package dev.glimpse.emit;

import dev.glimpse.size.DetectorSize;

/** The anchors of a detector, in the order level, row, column, aspect ratio. */
final class Anchors {
    private Anchors() {}

    /** Centre x, centre y, width, height of each anchor in pixels: (anchors, 4), row-major. */
    static float[] of(DetectorSize size) {
        float[] anchors = new float[4 * count(size)];
        int at = 0;
        for (int stride : DetectorSize.STRIDES) {
            for (int i = 0; i < size.pictureHeight() / stride; i++) {
                for (int j = 0; j < size.pictureWidth() / stride; j++) {
                    for (double ratio : DetectorSize.ASPECT_RATIOS) { // height / width, at constant area
                        double side = size.anchorScale() * stride;
                        anchors[at++] = (float) ((j + .5) * stride);
                        anchors[at++] = (float) ((i + .5) * stride);
                        anchors[at++] = (float) (side / Math.sqrt(ratio));
                        anchors[at++] = (float) (side * Math.sqrt(ratio));
                    }
                }
            }
        }
        return anchors;
    }

    static int count(DetectorSize size) {
        int positions = 0;
        for (int stride : DetectorSize.STRIDES) {
            positions += (size.pictureHeight() / stride) * (size.pictureWidth() / stride);
        }
        return positions * DetectorSize.ASPECT_RATIOS.size();
    }
}
