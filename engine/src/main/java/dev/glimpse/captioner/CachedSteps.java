package dev.glimpse.captioner;

import static dev.glimpse.bundle.Bundle.ENCODE;
import static dev.glimpse.bundle.Bundle.STEP;

import dev.glimpse.decode.NextToken;
import dev.glimpse.engine.Network;
import dev.glimpse.engine.Tensor;
import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Caption tokens through {@code step.onnx}. Keys and values of finished words stay with the engine: each step reads them
 * from one pair of tensors and writes them into the other.
 *
 * <p>The logits of a step are valid until the next one.
 */
final class CachedSteps implements NextToken {
    private static final List<String> CONTEXT = List.of("context_keys", "context_values", "context_mask");

    private final int rows;
    private final int mask;
    private final Tensor tokens;
    private final Tensor position;
    private final Tensor parents;
    private final Tensor scores;
    private final Tensor attention;
    private final List<Network.Call> calls;
    private final long[] tokenPairs;
    private final long[] parentRows;
    private final float[][] logits;
    private int time;

    /**
     * Starts captions for the context that {@code encode.onnx} has just written.
     *
     * @param beams rows per picture; more than 1 gives each its own copy of the picture's context
     * @param mask id of [MASK]
     */
    CachedSteps(Networks networks, int pictures, int beams, int mask) {
        this.rows = pictures * beams;
        this.mask = mask;
        this.tokens = networks.tensor(STEP, "tokens", rows);
        this.position = networks.tensor(STEP, "position", rows);
        this.parents = networks.tensor(STEP, "parent", rows);
        this.scores = networks.tensor(STEP, "logits", rows);
        this.attention = networks.tensor(STEP, "attention", rows);
        this.calls = calls(networks, pictures, beams);
        this.tokenPairs = new long[2 * rows];
        this.parentRows = new long[rows];
        this.logits = new float[rows][(int) scores.shape()[1]];
    }

    /** The runs of even and of odd steps. */
    private List<Network.Call> calls(Networks networks, int pictures, int beams) {
        Tensor keys = networks.tensor(STEP, "keys", rows);
        Tensor values = networks.tensor(STEP, "values", rows);
        Tensor keysOut = networks.tensor(STEP, "keys_out", rows);
        Tensor valuesOut = networks.tensor(STEP, "values_out", rows);
        keys.clear();
        values.clear();
        Map<String, Tensor> context = beams == 1 ? Map.of() : repeated(networks, pictures, beams);
        Map<String, Tensor> swapped = new HashMap<>(context);
        swapped.putAll(Map.of("keys", keysOut, "values", valuesOut, "keys_out", keys, "values_out", values));
        return List.of(networks.prepare(STEP, rows, context), networks.prepare(STEP, rows, swapped));
    }

    private static Map<String, Tensor> repeated(Networks networks, int pictures, int beams) {
        Map<String, Tensor> context = new HashMap<>();
        for (String name : CONTEXT) {
            Tensor source = networks.tensor(ENCODE, name, pictures);
            Tensor target = networks.own(STEP, name, pictures * beams);
            for (int row = 0; row < pictures * beams; row++) {
                target.copyRow(row, source, row / beams);
            }
            context.put(name, target);
        }
        return context;
    }

    @Override
    public Step next(int[] last, int[] parent) {
        for (int row = 0; row < rows; row++) {
            tokenPairs[2 * row] = last[row];
            tokenPairs[2 * row + 1] = mask;
            parentRows[row] = parent[row];
        }
        tokens.write(0, tokenPairs);
        parents.write(0, parentRows);
        position.write(0, new long[] {time});
        calls.get(time % 2).run();
        time++;
        read(scores.floats(), logits);
        float[][] looked = new float[rows][(int) attention.shape()[1]];
        read(attention.floats(), looked);
        return new Step(logits, looked);
    }

    private static void read(FloatBuffer from, float[][] rows) {
        for (float[] row : rows) {
            from.get(row);
        }
    }
}
