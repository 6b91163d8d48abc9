package dev.glimpse.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import dev.glimpse.feature.RegionRow;
import dev.glimpse.size.TokenLayout;
import java.util.Arrays;
import java.util.List;

/**
 * Scores of every word of finished captions in one pass, equal to those that writing word by word gives: beside the caption
 * stand as many [MASK]s. The one at place t sees the words before t, itself, tags and regions; nobody else sees it.
 */
public final class WholeCaptions {
    private WholeCaptions() {}

    /**
     * Word scores.
     *
     * @param captions (B, C)
     * @param mask id of [MASK]
     * @param tags (B, L)
     * @param rows B rows
     * @return (B, C, V): at place t what is expected there after words 0 to t - 1
     */
    public static NDArray logits(
            NDManager step,
            Fusion fusion,
            TokenLayout layout,
            int[][] captions,
            int mask,
            int[][] tags,
            List<RegionRow> rows) {
        int length = layout.caption();
        int[][] masks = new int[captions.length][length];
        Arrays.stream(masks).forEach(m -> Arrays.fill(m, mask));
        NDArray context = FusionInput.contextMask(step, tags, rows);
        NDArray states = fusion.encode(
                        seen(step, context, layout),
                        fusion.text(FusionInput.tokens(step, captions), 0, 0),
                        fusion.text(FusionInput.tokens(step, masks), 0, 0),
                        fusion.text(FusionInput.tokens(step, tags), length, 1),
                        fusion.regions(FusionInput.regions(step, rows)))
                .states();
        NDArray asked = states.get(new NDIndex(":, {}:{}", length, 2 * length)); // (B, C, D)
        NDArray logits = fusion.words(asked.reshape(-1, states.getShape().get(2)));
        return logits.reshape(captions.length, length, -1);
    }

    /** Who sees whom: (B, 1, T, T) with T = 2 C + L + R. */
    private static NDArray seen(NDManager step, NDArray context, TokenLayout layout) {
        int length = layout.caption();
        int all = 2 * length + layout.context();
        float[] structure = new float[all * all];
        for (int i = 0; i < all; i++) {
            for (int j = 0; j < 2 * length; j++) {
                boolean word = i < length && j <= i;
                boolean asked = i >= length && i < 2 * length && (j == i || j < i - length);
                structure[i * all + j] = word || asked ? 0 : FusionInput.DROP;
            }
        }
        NDArray keys = step.zeros(new Shape(context.getShape().get(0), 1, 1, 2L * length))
                .concat(context, 3);
        return keys.add(step.create(structure, new Shape(1, 1, all, all)));
    }
}
