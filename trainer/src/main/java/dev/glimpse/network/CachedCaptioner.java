package dev.glimpse.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import dev.glimpse.decode.NextToken;
import dev.glimpse.feature.RegionRow;
import dev.glimpse.parameter.Loan;
import dev.glimpse.parameter.Weights;
import dev.glimpse.size.FusionSize;
import dev.glimpse.size.TokenLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Next-word scores of a fusion transformer with cached keys and values: those of tags and regions are computed once,
 * those of each finished word once, and only [MASK]'s in every call. The same as {@code encode.onnx} and {@code step.onnx}.
 *
 * <p>Used by one thread for one search; {@link #close} frees the cache.
 */
public final class CachedCaptioner implements NextToken, AutoCloseable {
    private final NDManager manager;
    private final Fusion fusion;
    private final TokenLayout layout;
    private final int mask;
    private final NDArray contextMask; // (B, 1, 1, S)
    private final List<NDArray> contextKeys = new ArrayList<>(); // per layer (B, H, S, d)
    private final List<NDArray> contextValues = new ArrayList<>();
    private NDManager generation; // owns the cache of finished words
    private final List<NDArray> keys = new ArrayList<>(); // per layer (B, H, t, d)
    private final List<NDArray> values = new ArrayList<>();
    private int position;

    /**
     * Encodes tags and regions.
     *
     * @param parent owner of the cache's manager
     * @param weights valid at least until this is closed
     * @param tags (P, L)
     * @param rows regions of the P pictures
     * @param beams rows per picture, side by side: B = P x beams
     * @param mask id of [MASK]
     */
    public CachedCaptioner(
            NDManager parent,
            FusionSize size,
            TokenLayout layout,
            Weights weights,
            int[][] tags,
            List<RegionRow> rows,
            int beams,
            int mask) {
        this.manager = parent.newSubManager();
        this.generation = manager.newSubManager();
        this.fusion = Fusion.evaluating(size, weights);
        this.layout = layout;
        this.mask = mask;
        try (NDManager step = manager.newSubManager()) {
            NDArray keep = FusionInput.contextMask(step, tags, rows);
            NDArray text = fusion.text(FusionInput.tokens(step, tags), layout.caption(), 1);
            NDArray x = text.concat(fusion.regions(FusionInput.regions(step, rows)), 1); // (P, S, D)
            for (int i = 0; i < size.layers(); i++) {
                TransformerLayer layer = fusion.layer(i);
                TransformerLayer.Projection p = layer.project(x);
                contextKeys.add(keep(p.key().repeat(0, beams)));
                contextValues.add(keep(p.value().repeat(0, beams)));
                x = layer.attend(x, p.query(), p.key(), p.value(), keep).output();
            }
            contextMask = keep(keep.repeat(0, beams));
        }
    }

    private NDArray keep(NDArray array) {
        array.attach(manager);
        return array;
    }

    @Override
    public Step next(int[] last, int[] parent) {
        if (position + 1 >= layout.caption()) {
            throw new IllegalStateException("a caption has " + layout.caption() + " tokens, no more can follow");
        }
        NDManager following = manager.newSubManager();
        Step scores;
        try (NDManager step = manager.newSubManager()) {
            scores = next(step, following, last, parent);
        }
        generation.close();
        generation = following;
        position++;
        return scores;
    }

    private Step next(NDManager step, NDManager following, int[] last, int[] parent) {
        Stream.of(contextKeys, contextValues, keys, values).forEach(l -> Loan.to(step, l.toArray(new NDArray[0])));
        Loan.to(step, contextMask);
        NDArray x = fusion.text(pairs(step, last), position, 0); // (B, 2, D)
        NDArray seen = seen(step); // (B, 1, 2, S + t + 2)
        NDArray rows = step.create(Arrays.stream(parent).asLongStream().toArray());
        NDArray distribution = seen;
        for (int i = 0; i < fusion.size().layers(); i++) {
            TransformerLayer layer = fusion.layer(i);
            TransformerLayer.Projection p = layer.project(x);
            NDArray key = extended(keys, i, rows, p.key());
            NDArray value = extended(values, i, rows, p.value());
            TransformerLayer.Attended attended = layer.attend(
                    x,
                    p.query(),
                    all(contextKeys.get(i), key, p.key()),
                    all(contextValues.get(i), value, p.value()),
                    seen);
            set(keys, i, key);
            set(values, i, value);
            x = attended.output();
            distribution = attended.attention();
        }
        keys.forEach(k -> k.attach(following));
        values.forEach(v -> v.attach(following));
        NDArray looked = distribution.get(new NDIndex(":, :, 1, :{}", layout.context()));
        return new Step(rows(fusion.words(x.get(":, 1"))), rows(looked.mean(new int[] {1})));
    }

    private static void set(List<NDArray> cache, int layer, NDArray array) {
        if (layer == cache.size()) {
            cache.add(array);
        } else {
            cache.set(layer, array);
        }
    }

    /** The finished token and [MASK] of every row: (B, 2). */
    private NDArray pairs(NDManager step, int[] last) {
        int[][] pairs = Arrays.stream(last).mapToObj(id -> new int[] {id, mask}).toArray(int[][]::new);
        return FusionInput.tokens(step, pairs);
    }

    /** The finished token does not see [MASK]; all else of the caption so far is seen by both: (B, 1, 2, S + t + 2). */
    private NDArray seen(NDManager step) {
        long rows = contextMask.getShape().get(0);
        int caption = position + 2;
        float[] mine = new float[2 * caption];
        mine[caption - 1] = FusionInput.DROP;
        NDArray columns = step.create(mine, new Shape(1, 1, 2, caption)).broadcast(new Shape(rows, 1, 2, caption));
        return contextMask.broadcast(new Shape(rows, 1, 2, layout.context())).concat(columns, 3);
    }

    /** The cache of one layer, its rows reordered, with the finished token of this call: (B, H, t + 1, d). */
    private NDArray extended(List<NDArray> cache, int layer, NDArray rows, NDArray now) {
        NDArray finished = now.get(":, :, 0:1");
        if (position == 0) {
            return finished;
        }
        NDArray before = cache.get(layer);
        NDArray reordered = Rows.of(before.reshape(before.getShape().get(0), -1), rows);
        return reordered.reshape(before.getShape()).concat(finished, 2);
    }

    /** Keys or values of context, finished words and [MASK]: (B, H, S + t + 2, d). */
    private static NDArray all(NDArray context, NDArray finished, NDArray now) {
        return NDArrays.concat(new NDList(context, finished, now.get(":, :, 1:2")), 2);
    }

    private static float[][] rows(NDArray array) {
        float[] flat = array.toFloatArray();
        int width = (int) array.getShape().get(1);
        float[][] rows = new float[flat.length / width][];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = Arrays.copyOfRange(flat, i * width, (i + 1) * width);
        }
        return rows;
    }

    @Override
    public void close() {
        manager.close();
    }
}
