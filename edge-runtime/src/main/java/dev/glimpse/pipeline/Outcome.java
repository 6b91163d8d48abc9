package dev.glimpse.pipeline;

import dev.glimpse.captioner.Sight;

/** What became of a frame. */
public sealed interface Outcome {
    /**
     * The model looked at it.
     *
     * @param width width of the upright picture in pixels
     * @param height its height in pixels
     * @param times how long it spent where
     */
    record Captioned(Sight sight, int width, int height, Times times) implements Outcome {}

    /** It was not looked at, for a reason that lies in the load and not in the frame. */
    record Skipped(SkipReason reason) implements Outcome {}

    /**
     * It cannot be looked at.
     *
     * @param message for the sender
     */
    record Rejected(Cause cause, String message) implements Outcome {}

    /** What about a frame makes it impossible to look at. */
    enum Cause {
        /** It is not a JPEG or PNG that can be decoded. */
        PICTURE_INVALID,
        /** The networks fail on it, and on it alone. */
        ENGINE_FAILED
    }

    /** It was given back unseen, since its partition went to another worker. No record is written. */
    record Withdrawn() implements Outcome {}

    /**
     * Milliseconds that a frame spent on each part of its way.
     *
     * @param waited in its mailbox
     * @param decoded being decoded
     * @param queued waiting for the engine
     * @param looked in the engine, with the batch it was part of
     */
    record Times(double waited, double decoded, double queued, double looked) {}
}
