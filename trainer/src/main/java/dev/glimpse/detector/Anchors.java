package dev.glimpse.detector;

import dev.glimpse.size.DetectorSize;

/** The anchors of a picture, (A, 4) corners in pixels, in the order level, row, column, aspect ratio. */
public final class Anchors {
    /** Anchors at each position of a map. */
    static final int PER_POSITION = DetectorSize.ASPECT_RATIOS.size();

    private Anchors() {}

    /** Number A of anchors. */
    public static int count(DetectorSize size) {
        int count = 0;
        for (int stride : DetectorSize.STRIDES) {
            count += size.pictureHeight() / stride * (size.pictureWidth() / stride) * PER_POSITION;
        }
        return count;
    }

    /**
     * Centre ((j + .5) stride, (i + .5) stride), area (anchorScale stride)^2, height over width .5, 1 and 2.
     *
     * @return (A, 4): x1, y1, x2, y2; not clipped
     */
    public static float[] of(DetectorSize size) {
        float[] anchors = new float[4 * count(size)];
        int at = 0;
        for (int stride : DetectorSize.STRIDES) {
            double side = size.anchorScale() * stride;
            for (int i = 0; i < size.pictureHeight() / stride; i++) {
                for (int j = 0; j < size.pictureWidth() / stride; j++) {
                    for (double ratio : DetectorSize.ASPECT_RATIOS) {
                        double w = side / Math.sqrt(ratio);
                        double h = side * Math.sqrt(ratio);
                        anchors[at++] = (float) ((j + 0.5) * stride - w / 2);
                        anchors[at++] = (float) ((i + 0.5) * stride - h / 2);
                        anchors[at++] = (float) ((j + 0.5) * stride + w / 2);
                        anchors[at++] = (float) ((i + 0.5) * stride + h / 2);
                    }
                }
            }
        }
        return anchors;
    }
}
