package dev.glimpse.detector;

import dev.glimpse.size.DetectorSize;
import java.nio.FloatBuffer;
import java.util.List;

/** The anchors of a picture, (A, 4) corners in pixels, in the order level, row, column, side, aspect ratio. */
public final class Anchors {
    private Anchors() {}

    /**
     * Of the student: one side per level, anchorScale strides.
     *
     * @return (A, 4): x1, y1, x2, y2; not clipped
     */
    public static float[] of(DetectorSize size) {
        int positions = DetectorSize.STRIDES.stream()
                .mapToInt(stride -> size.pictureHeight() / stride * (size.pictureWidth() / stride))
                .sum();
        FloatBuffer anchors = FloatBuffer.allocate(4 * positions * perPosition(1));
        for (int stride : DetectorSize.STRIDES) {
            List<Double> sides = List.of(size.anchorScale() * stride);
            level(size.pictureWidth() / stride, size.pictureHeight() / stride, stride, sides, anchors);
        }
        return anchors.array();
    }

    /**
     * Of the teacher: several sides on one level.
     *
     * @return (A, 4): x1, y1, x2, y2; not clipped
     */
    public static float[] of(C4Size size) {
        int width = size.pictureWidth() / C4Size.STRIDE;
        int height = size.pictureHeight() / C4Size.STRIDE;
        int perPosition = perPosition(size.anchorSides().size());
        FloatBuffer anchors = FloatBuffer.allocate(4 * width * height * perPosition);
        level(width, height, C4Size.STRIDE, size.anchorSides(), anchors);
        return anchors.array();
    }

    /** Anchors at each position of a map. */
    static int perPosition(int sides) {
        return sides * DetectorSize.ASPECT_RATIOS.size();
    }

    /** Centre ((j + .5) stride, (i + .5) stride), area side^2, height over width .5, 1 and 2. */
    private static void level(int width, int height, int stride, List<Double> sides, FloatBuffer anchors) {
        for (int i = 0; i < height; i++) {
            for (int j = 0; j < width; j++) {
                for (double side : sides) {
                    for (double ratio : DetectorSize.ASPECT_RATIOS) {
                        double w = side / Math.sqrt(ratio);
                        double h = side * Math.sqrt(ratio);
                        anchors.put((float) ((j + 0.5) * stride - w / 2));
                        anchors.put((float) ((i + 0.5) * stride - h / 2));
                        anchors.put((float) ((j + 0.5) * stride + w / 2));
                        anchors.put((float) ((i + 0.5) * stride + h / 2));
                    }
                }
            }
        }
    }
}
