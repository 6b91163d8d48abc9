package dev.glimpse.pipeline;

import dev.glimpse.captioner.Sight;
import dev.glimpse.picture.Picture;

/** Sees what the engine sees, on the engine's thread: returns at once. */
@FunctionalInterface
public interface Witness {
    /**
     * The engine captioned a picture.
     *
     * @param millis its share of the time that its batch took
     */
    void looked(Picture picture, Sight sight, double millis);
}
