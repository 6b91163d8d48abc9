package dev.glimpse.detector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RoiAlignTest {
    private static final int P = 3;
    private static final int CHANNELS = 2;
    private static final int[] SIDES = {24, 12, 6, 3};
    private static final double CANONICAL = 32;

    @Test
    void cropsEqualThoseOfAPlainLoop() {
        Random random = new Random(5);
        int count = 40;
        float[] boxes = new float[4 * count];
        int[] pictures = new int[count];
        for (int n = 0; n < count; n++) {
            pictures[n] = random.nextInt(2);
            boxes[4 * n] = random.nextFloat() * 100 - 10;
            boxes[4 * n + 1] = random.nextFloat() * 100 - 10;
            boxes[4 * n + 2] = boxes[4 * n] + random.nextFloat() * random.nextFloat() * 120;
            boxes[4 * n + 3] = boxes[4 * n + 1] + random.nextFloat() * random.nextFloat() * 120;
        }
        Rois rois = new Rois(boxes, pictures);
        try (NDManager manager = NDManager.newBaseManager()) {
            List<NDArray> levels = levels(manager);
            float[] crops = RoiAlign.forward(levels, rois, P, CANONICAL).toFloatArray();
            boolean[] seen = new boolean[4];
            for (int n = 0; n < count; n++) {
                int level = RoiAlign.level(rois, n, CANONICAL);
                seen[level] = true;
                float[] expected = naive(levels.get(level).toFloatArray(), SIDES[level], 4 << level, rois, n);
                for (int i = 0; i < expected.length; i++) {
                    assertThat(crops[n * expected.length + i])
                            .as("box %d, number %d", n, i)
                            .isCloseTo(expected[i], within(1e-5f));
                }
            }
            assertThat(seen).containsExactly(true, true, true, true);
        }
    }

    @Test
    void oneMapServesBoxesOfEverySize() {
        float[] boxes = {3, 5, 9, 12, 10, 10, 30, 44, -5, 0, 96, 90};
        Rois rois = new Rois(boxes, new int[] {1, 0, 1});
        try (NDManager manager = NDManager.newBaseManager()) {
            NDArray map = levels(manager).get(2);
            float[] crops = RoiAlign.forward(map, 16, rois, P).toFloatArray();
            for (int n = 0; n < 3; n++) {
                float[] expected = naive(map.toFloatArray(), SIDES[2], 16, rois, n);
                float[] crop = java.util.Arrays.copyOfRange(crops, n * expected.length, (n + 1) * expected.length);
                assertThat(crop).as("box %d", n).containsExactly(expected, within(1e-5f));
            }
        }
    }

    @Test
    void aBoxOfCanonicalSideBelongsToStrideSixteen() {
        assertThat(level(32)).isEqualTo(2);
        assertThat(level(31.9f)).isEqualTo(1);
        assertThat(level(64)).isEqualTo(3);
        assertThat(level(16)).isEqualTo(1);
        assertThat(level(1)).isZero();
        assertThat(level(0)).isZero();
        assertThat(level(5000)).isEqualTo(3);
    }

    @Test
    void gradientOfACropSumsToOnePerBinAndChannel() {
        try (NDManager manager = NDManager.newBaseManager();
                GradientCollector collector = Engine.getInstance().newGradientCollector()) {
            List<NDArray> levels = levels(manager);
            levels.forEach(l -> l.setRequiresGradient(true));
            Rois rois = new Rois(new float[] {20, 20, 55, 50}, new int[] {1});
            collector.backward(RoiAlign.forward(levels, rois, P, CANONICAL).sum());
            NDArray gradient = levels.get(2).getGradient();
            assertThat(gradient.sum().getFloat()).isCloseTo(P * P * CHANNELS, within(1e-4f));
            assertThat(gradient.get(0).abs().sum().getFloat()).isZero();
        }
    }

    private static int level(float side) {
        return RoiAlign.level(new Rois(new float[] {3, 4, 3 + side, 4 + side}, new int[] {0}), 0, CANONICAL);
    }

    private static List<NDArray> levels(NDManager manager) {
        Random random = new Random(1);
        List<NDArray> levels = new ArrayList<>();
        for (int side : SIDES) {
            float[] values = new float[2 * CHANNELS * side * side];
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) random.nextGaussian();
            }
            levels.add(manager.create(values, new Shape(2, CHANNELS, side, side)));
        }
        return levels;
    }

    /** Sample by sample, as the definition of ONNX RoiAlign says. */
    private static float[] naive(float[] map, int side, int stride, Rois rois, int n) {
        float[] crop = new float[CHANNELS * P * P];
        for (int c = 0; c < CHANNELS; c++) {
            for (int i = 0; i < P; i++) {
                for (int j = 0; j < P; j++) {
                    double sum = 0;
                    for (int s = 0; s < 4; s++) {
                        double y = rois.y1(n) / stride - .5 + rois.height(n) / stride / P * (i + (s / 2 + .5) / 2);
                        double x = rois.x1(n) / stride - .5 + rois.width(n) / stride / P * (j + (s % 2 + .5) / 2);
                        sum += bilinear(map, (rois.picture(n) * CHANNELS + c) * side * side, side, y, x);
                    }
                    crop[(c * P + i) * P + j] = (float) (sum / 4);
                }
            }
        }
        return crop;
    }

    private static double bilinear(float[] map, int at, int side, double y, double x) {
        if (y < -1 || y > side || x < -1 || x > side) {
            return 0;
        }
        double yy = Math.min(Math.max(y, 0), side - 1);
        double xx = Math.min(Math.max(x, 0), side - 1);
        int top = (int) yy;
        int left = (int) xx;
        int bottom = Math.min(top + 1, side - 1);
        int right = Math.min(left + 1, side - 1);
        double dy = yy - top;
        double dx = xx - left;
        return (1 - dy) * (1 - dx) * map[at + top * side + left]
                + (1 - dy) * dx * map[at + top * side + right]
                + dy * (1 - dx) * map[at + bottom * side + left]
                + dy * dx * map[at + bottom * side + right];
    }
}
