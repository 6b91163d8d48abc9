package dev.glimpse.kafka;

import dev.glimpse.pipeline.Outcome;
import dev.glimpse.wire.AnswerEvent;
import dev.glimpse.wire.CaptionEvent;
import dev.glimpse.wire.RejectedEvent;
import dev.glimpse.wire.SkippedEvent;

/** Told of every outcome once it is committed. Called on the {@code kafka-io} thread: must neither block nor throw. */
public interface Observer {
    /**
     * A caption is committed.
     *
     * @param encoded the frame's picture as sent, not to be changed
     */
    void captioned(CaptionEvent event, Outcome.Captioned outcome, byte[] encoded);

    void skipped(SkippedEvent event);

    void rejected(RejectedEvent event);

    void answered(AnswerEvent event);
}
