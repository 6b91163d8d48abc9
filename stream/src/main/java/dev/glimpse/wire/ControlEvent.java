package dev.glimpse.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Something changed in a runtime.
 *
 * @param runtime which runtime, such as {@code edge-0}
 * @param kind what happened
 * @param model digest of the bundle in question, as far as known
 * @param bundle name of the bundle in question, as far as known
 * @param degraded how far the runtime has stepped down from now on; 0 is full service
 * @param message for people, one line
 * @param emitted when it happened
 */
public record ControlEvent(
        String runtime,
        Kind kind,
        Optional<String> model,
        Optional<String> bundle,
        int degraded,
        String message,
        Instant emitted) {

    /** What can happen. */
    public enum Kind {
        @JsonProperty("bundle-loaded")
        BUNDLE_LOADED,
        @JsonProperty("bundle-refused")
        BUNDLE_REFUSED,
        @JsonProperty("bundle-rolled-back")
        BUNDLE_ROLLED_BACK,
        @JsonProperty("level-changed")
        LEVEL_CHANGED,
        @JsonProperty("bundle-shadowed")
        BUNDLE_SHADOWED,
        @JsonProperty("question-standing")
        QUESTION_STANDING,
        @JsonProperty("question-ended")
        QUESTION_ENDED
    }

    public ProducerRecord<byte[], byte[]> toRecord(Topics topics) {
        String id = runtime + "/" + kind + "/" + emitted;
        return Envelope.write(EventType.CONTROL, topics.control(), runtime.getBytes(UTF_8), id, emitted, this);
    }

    public static ControlEvent fromRecord(ConsumerRecord<byte[], byte[]> record) throws WireException {
        return Envelope.read(record, EventType.CONTROL, ControlEvent.class);
    }
}
