package dev.glimpse.tensorrt;

import static dev.glimpse.error.UserError.require;

import dev.glimpse.bundle.Manifest;
import dev.glimpse.bundle.Manifest.TensorContract;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Numbers of rows that a network is compiled for: any from 1 to {@code most}, fastest at {@code typical}.
 *
 * @param typical 1 to {@code most}
 */
public record Batches(int typical, int most) {
    public Batches {
        require(
                typical >= 1 && typical <= most,
                "the typical batch must be 1 to the largest batch (%d), was %d",
                most,
                typical);
    }

    /** Smallest, typical and largest shape of one input. */
    @SuppressWarnings("ArrayRecordComponent") // read once, never compared
    record Range(long[] least, long[] typical, long[] most) {}

    /** Shapes of those inputs of a graph that have a free dimension, by name, in the graph's order. */
    Map<String, Range> ranges(Manifest.Graph contract) {
        Map<String, Range> ranges = new LinkedHashMap<>();
        for (TensorContract input : contract.inputs()) {
            if (input.shape().contains(-1)) {
                ranges.put(
                        input.name(),
                        new Range(shape(input.shape(), 1), shape(input.shape(), typical), shape(input.shape(), most)));
            }
        }
        return ranges;
    }

    private static long[] shape(List<Integer> free, int rows) {
        return free.stream().mapToLong(d -> d == -1 ? rows : d).toArray();
    }
}
