package dev.glimpse.pipeline;

import dev.glimpse.captioner.Answer;
import dev.glimpse.captioner.Sight;
import dev.glimpse.ladder.Level;
import java.util.List;
import java.util.Optional;

/** What became of a frame. */
public sealed interface Outcome {
    /**
     * The model looked at it.
     *
     * @param sight what it saw; its caption is {@link dev.glimpse.captioner.Caption#NONE} where the level left no time for words
     * @param width width of the upright picture in pixels
     * @param height its height in pixels
     * @param times how long it spent where
     * @param level level of service at that time
     * @param model who looked
     * @param standing what it answered to the standing questions; empty where the level left no time for them
     */
    record Captioned(
            Sight sight, int width, int height, Times times, Level level, Model model, List<StandingAnswer> standing)
            implements Outcome {
        public Captioned {
            standing = List.copyOf(standing);
        }
    }

    /**
     * One standing question about this frame.
     *
     * @param answer empty when the model failed on it
     */
    record StandingAnswer(Standing question, Optional<Answer> answer) {}

    /** It was not looked at, for a reason that lies in the load and not in the frame. */
    record Skipped(SkipReason reason, Level level) implements Outcome {}

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
