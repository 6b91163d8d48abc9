package dev.glimpse.network;

import ai.djl.ndarray.NDArray;

/**
 * Sets each number to zero with probability {@code rate} and scales the rest by 1 / (1 - rate). Draws from the engine's
 * generator, which a training step seeds first.
 *
 * @param rate in [0, 1); 0 does nothing
 */
public record Dropout(double rate) {
    /** No dropout: evaluation. */
    public static final Dropout OFF = new Dropout(0);

    NDArray apply(NDArray x) {
        return rate == 0
                ? x
                : ai.djl.nn.norm.Dropout.dropout(x, (float) rate, true).singletonOrThrow();
    }
}
