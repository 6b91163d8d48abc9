package dev.glimpse.detector;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.glimpse.size.DetectorSize;
import java.util.ArrayList;
import java.util.List;

/**
 * RoIAlign (arXiv 1703.06870) over a pyramid or on one map, with the semantics of ONNX RoiAlign ({@code half_pixel}, average, sampling
 * ratio 2): boxes and maps in, a P x P crop of every box out.
 *
 * <p>Bilinear sampling of a grid is separable, so a crop is {@code Wy . F . Wx^T} with one small matrix per box and
 * direction. Both are computed here from the box; the gradient flows to the maps only. Boxes of a level are padded to
 * the same number per picture, so that one multiplication serves the whole batch.
 */
public final class RoiAlign {
    private static final int SAMPLES = 2;

    private RoiAlign() {}

    /**
     * The crops of all boxes.
     *
     * @param levels maps (B, C, H, W) of strides 4, 8, 16, 32
     * @param rois boxes in pixels of the network's input
     * @param p side P of the grid
     * @param canonicalSide box side in pixels that belongs to the level of stride 16
     * @return (N, C * P * P) in the order channel, row, column; row n belongs to box n
     */
    public static NDArray forward(List<NDArray> levels, Rois rois, int p, double canonicalSide) {
        int[] level = new int[rois.count()];
        for (int n = 0; n < level.length; n++) {
            level[n] = level(rois, n, canonicalSide);
        }
        return forward(levels, DetectorSize.STRIDES, level, rois, p);
    }

    /**
     * The crops of all boxes from one map.
     *
     * @param map (B, C, H, W)
     * @param stride of the map in pixels
     * @param rois boxes in pixels of the network's input
     * @param p side P of the grid
     * @return (N, C * P * P) in the order channel, row, column; row n belongs to box n
     */
    static NDArray forward(NDArray map, int stride, Rois rois, int p) {
        return forward(List.of(map), List.of(stride), new int[rois.count()], rois, p);
    }

    private static NDArray forward(List<NDArray> levels, List<Integer> strides, int[] level, Rois rois, int p) {
        NDManager manager = levels.get(0).getManager();
        int pictures = Math.toIntExact(levels.get(0).getShape().get(0));
        long channels = levels.get(0).getShape().get(1);
        NDList crops = new NDList();
        long[] row = new long[rois.count()]; // of each box among all padded crops
        long offset = 0;
        for (int l = 0; l < levels.size(); l++) {
            Slots slots = Slots.of(rois, level, l, pictures);
            if (slots.perPicture > 0) {
                crops.add(crops(levels.get(l), slots, rois, p, strides.get(l)));
                slots.putRows(row, offset);
                offset += (long) pictures * slots.perPicture;
            }
        }
        NDArray all = crops.size() == 1
                ? crops.get(0)
                : crops.get(0).getNDArrayInternal().concat(tail(crops), 0);
        NDArray chosen = all.get(manager.create(row)); // (N, P, P, C)
        return chosen.transpose(0, 3, 1, 2).reshape(rois.count(), channels * p * p);
    }

    /** Level of a box: clamp(floor(2 + log2(sqrt(w h) / canonicalSide + 1e-8)), 0, 3). */
    static int level(Rois rois, int n, double canonicalSide) {
        double side = Math.sqrt(Math.max(0, rois.width(n)) * Math.max(0, rois.height(n)));
        double level = Math.floor(2 + Math.log(side / canonicalSide + 1e-8) / Math.log(2));
        return (int) Math.max(0, Math.min(3, level));
    }

    private static NDList tail(NDList list) {
        return new NDList(list.subList(1, list.size()));
    }

    /** Crops (B * n, P, P, C) of one level, n boxes per picture; the crops of empty slots are zero. */
    private static NDArray crops(NDArray map, Slots slots, Rois rois, int p, int stride) {
        Shape s = map.getShape();
        int pictures = Math.toIntExact(s.get(0));
        long channels = s.get(1);
        int height = Math.toIntExact(s.get(2));
        int width = Math.toIntExact(s.get(3));
        int n = slots.perPicture;
        float[] wy = new float[pictures * n * p * height];
        float[] wx = new float[pictures * n * p * width];
        for (int slot = 0; slot < slots.boxes.length; slot++) {
            int box = slots.boxes[slot];
            if (box >= 0) {
                sampling(wy, slot * p * height, rois.y1(box) / stride, rois.height(box) / stride, p, height);
                sampling(wx, slot * p * width, rois.x1(box) / stride, rois.width(box) / stride, p, width);
            }
        }
        NDManager manager = map.getManager();
        NDArray rows = manager.create(wy, new Shape(pictures, (long) n * p, height));
        NDArray columns = manager.create(wx, new Shape((long) pictures * n, 1, p, width));
        NDArray last = map.transpose(0, 2, 3, 1).reshape(pictures, height, width * channels);
        NDArray vertical = rows.batchMatMul(last).reshape((long) pictures * n, p, width, channels);
        return columns.matMul(vertical); // (B n, 1, P, W) x (B n, P, W, C)
    }

    /**
     * Adds the weights of P bins of two samples each on {@code length} cells: a P x length matrix from {@code offset} on.
     *
     * @param start upper or left edge of the box in cells
     * @param extent height or width of the box in cells
     */
    static void sampling(float[] weights, int offset, float start, float extent, int p, int length) {
        float bin = extent / p;
        for (int i = 0; i < p; i++) {
            for (int k = 0; k < SAMPLES; k++) {
                float at = start - 0.5f + i * bin + (k + 0.5f) * bin / SAMPLES;
                if (at < -1 || at > length) {
                    continue; // outside the map counts as zero
                }
                at = Math.max(0, at);
                int low = Math.min((int) at, length - 1);
                float high = low == length - 1 ? 0 : at - low;
                weights[offset + i * length + low] += (1 - high) / SAMPLES;
                if (high > 0) {
                    weights[offset + i * length + low + 1] += high / SAMPLES;
                }
            }
        }
    }

    /** Which box stands in which slot of a level: (B, perPicture), -1 for an empty slot. */
    private static final class Slots {
        private final int perPicture;
        private final int[] boxes;

        private Slots(int perPicture, int[] boxes) {
            this.perPicture = perPicture;
            this.boxes = boxes;
        }

        static Slots of(Rois rois, int[] level, int wanted, int pictures) {
            List<List<Integer>> chosen = new ArrayList<>();
            for (int b = 0; b < pictures; b++) {
                chosen.add(new ArrayList<>());
            }
            for (int n = 0; n < level.length; n++) {
                if (level[n] == wanted) {
                    chosen.get(rois.picture(n)).add(n);
                }
            }
            int most = chosen.stream().mapToInt(List::size).max().orElse(0);
            int[] boxes = new int[pictures * most];
            for (int b = 0; b < pictures; b++) {
                for (int i = 0; i < most; i++) {
                    boxes[b * most + i] =
                            i < chosen.get(b).size() ? chosen.get(b).get(i) : -1;
                }
            }
            return new Slots(most, boxes);
        }

        void putRows(long[] row, long offset) {
            for (int slot = 0; slot < boxes.length; slot++) {
                if (boxes[slot] >= 0) {
                    row[boxes[slot]] = offset + slot;
                }
            }
        }
    }
}
