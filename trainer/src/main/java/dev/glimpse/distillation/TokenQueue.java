package dev.glimpse.distillation;

import static dev.glimpse.error.UserError.require;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import dev.glimpse.parameter.Buffers;
import dev.glimpse.parameter.Init;
import dev.glimpse.parameter.ParameterSpec;
import dev.glimpse.parameter.Weights;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The last K teacher states, first in, first out: negatives of the contrastive loss (He et al., arXiv 1911.05722). Each row
 * knows its picture. Until it is full only the filled part is used [D]: random unit rows to begin with, the other choice, are
 * easier to tell apart than any token.
 *
 * <p>Its whole state lies in {@link #buffers}, which belong into the checkpoint. Used by one thread; {@link #close} frees it.
 */
public final class TokenQueue implements AutoCloseable {
    private static final String ROWS = "queue.rows"; // (K, D)
    private static final String OWNERS = "queue.owners"; // (K)
    private static final String PLACE = "queue.place"; // where the next row goes, and how many rows are filled
    private static final int LARGEST = 1 << 24; // whole numbers that a float holds

    private final int capacity;
    private final Buffers rows;
    private final Buffers place;

    /**
     * Candidates for one step.
     *
     * @param rows (F, D), unit rows
     * @param owners (F) int64: picture of each
     */
    public record Tokens(NDArray rows, NDArray owners) {
        /** These and others, one below the other. */
        public Tokens and(Tokens others) {
            return new Tokens(rows.concat(others.rows, 0), owners.concat(others.owners, 0));
        }
    }

    /**
     * An empty queue.
     *
     * @param parent a long-lived manager on the first device
     * @param capacity K, at least 1
     * @param width D, the teacher's
     */
    public TokenQueue(NDManager parent, int capacity, int width) {
        require(capacity > 0, "a queue must hold at least one token, found %d", capacity);
        this.capacity = capacity;
        this.rows = new Buffers(parent, List.of(ParameterSpec.bias(ROWS, Init.zeros(), capacity, width)));
        this.place = new Buffers(
                parent,
                List.of(
                        ParameterSpec.bias(OWNERS, Init.zeros(), capacity),
                        ParameterSpec.bias(PLACE, Init.zeros(), 2)));
    }

    /** Everything the queue is, for the checkpoint. */
    public List<Buffers> buffers() {
        return List.of(rows, place);
    }

    /** Number of rows that hold a token. */
    public int filled() {
        return (int) place.values(PLACE)[1];
    }

    /**
     * A copy of the filled part, which a later {@link #push} does not change.
     *
     * @param step owner of the copy, on any device
     * @return nothing while the queue is empty
     */
    public Optional<Tokens> tokens(NDManager step) {
        int filled = filled();
        if (filled == 0) {
            return Optional.empty();
        }
        float[] owners = place.values(OWNERS);
        long[] pictures = new long[filled];
        for (int i = 0; i < filled; i++) {
            pictures[i] = (long) owners[i];
        }
        NDArray part = rows.views(step).get(ROWS).get(new NDIndex("0:{}", filled));
        return Optional.of(new Tokens(part.duplicate().toDevice(step.getDevice(), false), step.create(pictures)));
    }

    /**
     * Appends tokens; the oldest go.
     *
     * @param tokens (M, D), unit rows
     * @param pictures (M) numbers of their pictures
     */
    public void push(NDArray tokens, long[] pictures) {
        int count = Math.min(capacity, pictures.length);
        int skipped = pictures.length - count; // more than the queue holds: the last ones stay
        try (NDManager step = tokens.getManager().newSubManager()) {
            Weights state = place.views(step);
            float[] before = place.values(PLACE);
            int next = (int) before[0];
            int toEnd = Math.min(count, capacity - next);
            NDArray table = rows.views(step).get(ROWS);
            NDArray moved = tokens.toDevice(table.getDevice(), false);
            table.set(new NDIndex("{}:{}", next, next + toEnd), rows(moved, skipped, skipped + toEnd));
            if (count > toEnd) {
                table.set(new NDIndex("0:{}", count - toEnd), rows(moved, skipped + toEnd, skipped + count));
            }
            overwrite(state.get(OWNERS), owners(next, Arrays.copyOfRange(pictures, skipped, pictures.length)));
            overwrite(state.get(PLACE), (next + count) % capacity, Math.min(capacity, before[1] + count));
        }
    }

    /** In place: {@code view.set(values)} would give the view other storage and leave the buffer as it was. */
    private static void overwrite(NDArray view, float... values) {
        view.set(new NDIndex(":"), view.getManager().create(values));
    }

    private static NDArray rows(NDArray tokens, int from, int to) {
        return tokens.get(new NDIndex("{}:{}", from, to));
    }

    private float[] owners(int next, long[] pictures) {
        float[] owners = place.values(OWNERS);
        for (int i = 0; i < pictures.length; i++) {
            if (pictures[i] < 0 || pictures[i] >= LARGEST) {
                throw new IllegalArgumentException("picture " + pictures[i] + " is no number that a float holds");
            }
            owners[(next + i) % capacity] = pictures[i];
        }
        return owners;
    }

    @Override
    public void close() {
        rows.close();
        place.close();
    }
}
