package dev.glimpse.decode;

import org.jspecify.annotations.Nullable;

/**
 * A source of next-word scores that keeps the keys and values of what it has seen. A seam: the trainer's network and a
 * compiled graph both are one. Used for one caption per row, from [CLS] on; not thread-safe.
 */
public interface NextToken {
    /**
     * Appends one token to every row and scores what may follow. The number of rows never changes.
     *
     * @param last (B) the last finished token of each row; [CLS] at the first call
     * @param parent (B) the row of the previous call that each row continues; its own index at the first call
     */
    Step next(int[] last, int[] parent);

    /**
     * Scores of one call.
     *
     * @param logits (B, V)
     * @param attention (B, L + R) attention on tags and regions, or null where it is not asked for
     */
    @SuppressWarnings("ArrayRecordComponent") // numbers of one step, never compared
    record Step(float[][] logits, float @Nullable [][] attention) {}
}
