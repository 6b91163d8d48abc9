package dev.glimpse.pipeline;

import dev.glimpse.picture.Picture;

/**
 * A frame with its pixels.
 *
 * @param startedNanos {@link System#nanoTime} when decoding began
 * @param decodedNanos when it ended
 */
record Decoded(Frame frame, Picture picture, long startedNanos, long decodedNanos) {
    long bytes() {
        return 3L * picture.width() * picture.height();
    }
}
