package dev.glimpse.kafka;

import dev.glimpse.ledger.Position;
import dev.glimpse.pipeline.Finished;
import dev.glimpse.pipeline.Outcome;
import dev.glimpse.pipeline.Reply;
import dev.glimpse.wire.QuestionEvent;
import dev.glimpse.wire.RejectionReason;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What became of one input record, before it is written. */
sealed interface Settled {
    /** The camera it is counted under; empty when it is no frame, or many. */
    default Optional<String> camera() {
        return Optional.empty();
    }

    /** True when it holds no picture and no words: a skip that waits to be committed takes next to no memory. */
    default boolean light() {
        return false;
    }

    /** A frame came out of the pipeline. */
    record OfFrame(Finished finished) implements Settled {
        @Override
        public Optional<String> camera() {
            return Optional.of(finished.frame().camera());
        }

        @Override
        public boolean light() {
            return finished.outcome() instanceof Outcome.Skipped;
        }
    }

    /** A record never got into the pipeline. */
    record Unreadable(
            ConsumerRecord<byte[], byte[]> record, Optional<String> camera, RejectionReason reason, String message)
            implements Settled {}

    /**
     * A question was answered, or was not.
     *
     * @param traceparent trace context that it came with
     * @param received when it was polled
     */
    record OfQuestion(
            QuestionEvent event, Position position, Optional<String> traceparent, Instant received, Reply reply)
            implements Settled {}

    /**
     * Frames too old for anybody were not even read.
     *
     * @param last last offset, included
     */
    record PassedOver(Position first, long last) implements Settled {
        @Override
        public boolean light() {
            return true;
        }

        long count() {
            return last - first.offset() + 1;
        }
    }
}
