package dev.glimpse.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.nn.core.Embedding;

/** Looks rows of a table up by number; the gradient of a row is the sum over its uses. */
final class Rows {
    private Rows() {}

    /**
     * Rows of a table.
     *
     * @param table (N, D)
     * @param indices (...) int64, each 0 to N - 1
     * @return (..., D)
     */
    static NDArray of(NDArray table, NDArray indices) {
        return Embedding.embedding(indices, table, SparseFormat.DENSE).singletonOrThrow();
    }
}
