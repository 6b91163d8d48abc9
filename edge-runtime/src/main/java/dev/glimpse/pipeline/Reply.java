package dev.glimpse.pipeline;

import dev.glimpse.captioner.Answer;

/** What became of a question. */
public sealed interface Reply {
    Question question();

    /** The model answered. */
    record Answered(Question question, Seen seen, Answer answer, double millis) implements Reply {}

    /** There is no answer. */
    record Unanswered(Question question, Reason reason) implements Reply {}

    /** Why there is no answer. */
    enum Reason {
        /** The deadline passed. */
        EXPIRED,
        /** Nothing was seen of this camera yet. */
        UNSEEN,
        /** The frame asked about is no longer remembered. */
        FORGOTTEN,
        /** Too many questions wait. */
        OVERLOAD,
        /** The model failed on it, or it cannot be read. */
        FAILED,
        /** The service is ending. */
        STOPPED
    }
}
