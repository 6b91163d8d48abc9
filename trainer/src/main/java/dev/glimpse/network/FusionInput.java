package dev.glimpse.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.glimpse.feature.RegionRow;
import dev.glimpse.size.TokenLayout;
import java.util.List;

/**
 * A batch as arrays of one step: regions and their masks, tokens, and which token may look at which.
 *
 * <p>Caption row i sees caption columns 0 to i, all tags and all regions; tags and regions see tags and regions only, so that
 * nothing about them depends on the caption. Questions and regions see each other. Padded tags and rows without a region
 * are seen by nobody.
 */
public final class FusionInput {
    /** Added to a score that attention must not use. */
    public static final float DROP = -10000;

    private FusionInput() {}

    /**
     * Tokens of a batch.
     *
     * @param tokens (B, T)
     * @return (B, T) int64
     */
    public static NDArray tokens(NDManager step, int[][] tokens) {
        int length = tokens[0].length;
        long[] flat = new long[tokens.length * length];
        for (int b = 0; b < tokens.length; b++) {
            for (int t = 0; t < length; t++) {
                flat[b * length + t] = tokens[b][t];
            }
        }
        return step.create(flat, new Shape(tokens.length, length));
    }

    /**
     * Input of the region embedding.
     *
     * @return (B, R, F + 6): feature, x1, y1, x2, y2, width, height
     */
    public static NDArray regions(NDManager step, List<RegionRow> rows) {
        int regions = rows.get(0).scores().length;
        int feature = rows.get(0).features().length / regions;
        int width = feature + 6;
        float[] flat = new float[rows.size() * regions * width];
        int at = 0;
        for (RegionRow row : rows) {
            for (int r = 0; r < regions; r++, at += width) {
                System.arraycopy(row.features(), r * feature, flat, at, feature);
                System.arraycopy(row.boxes(), 4 * r, flat, at + feature, 4);
                flat[at + feature + 4] = row.boxes()[4 * r + 2] - row.boxes()[4 * r];
                flat[at + feature + 5] = row.boxes()[4 * r + 3] - row.boxes()[4 * r + 1];
            }
        }
        return step.create(flat, new Shape(rows.size(), regions, width));
    }

    /**
     * Mask of tags and regions as keys.
     *
     * @param tags (B, L), [PAD] is 0
     * @return (B, 1, 1, L + R)
     */
    public static NDArray contextMask(NDManager step, int[][] tags, List<RegionRow> rows) {
        int length = tags[0].length;
        int context = length + rows.get(0).scores().length;
        float[] mask = new float[tags.length * context];
        for (int b = 0; b < tags.length; b++) {
            for (int t = 0; t < context; t++) {
                boolean kept = t < length ? tags[b][t] != 0 : rows.get(b).scores()[t - length] > 0;
                mask[b * context + t] = kept ? 0 : DROP;
            }
        }
        return step.create(mask, new Shape(tags.length, 1, 1, context));
    }

    /**
     * Mask of captioning and pre-training.
     *
     * @param context (B, 1, 1, L + R)
     * @return (B, 1, T, T) with T = C + L + R
     */
    public static NDArray captionMask(NDManager step, NDArray context, TokenLayout layout) {
        int caption = layout.caption();
        int all = caption + layout.context();
        float[] structure = new float[all * all];
        for (int i = 0; i < all; i++) {
            for (int j = 0; j < caption; j++) {
                structure[i * all + j] = i < caption && j <= i ? 0 : DROP;
            }
        }
        NDArray keys =
                step.zeros(new Shape(context.getShape().get(0), 1, 1, caption)).concat(context, 3); // (B, 1, 1, T)
        return keys.add(step.create(structure, new Shape(1, 1, all, all)));
    }

    /**
     * Mask of questions.
     *
     * @param questions (B, Q), [PAD] is 0
     * @return (B, 1, 1, Q + R)
     */
    public static NDArray questionMask(NDManager step, int[][] questions, List<RegionRow> rows) {
        return contextMask(step, questions, rows);
    }
}
