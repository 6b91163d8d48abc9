package dev.glimpse.wire;

import static dev.glimpse.error.UserError.require;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Frames that were not looked at: the outcome of every offset from first to last, both included.
 *
 * @param camera whose frames; empty when a whole stretch of the partition was passed over, whoever's frames it holds
 * @param range which frames
 * @param reason why
 * @param emitted when this event was handed to Kafka
 * @param degraded how far the runtime had stepped down under load; 0 is full service
 * @param model digest of the model that would have looked
 */
public record SkippedEvent(
        Optional<String> camera, Range range, SkipReason reason, Instant emitted, int degraded, String model) {

    /** Offsets {@code first} to {@code last} of one partition, both included. */
    public record Range(String topic, int partition, long first, long last) {
        public Range {
            require(first >= 0 && last >= first, "a range runs forward from 0 on, found %d to %d", first, last);
        }
    }

    /** How many offsets have this event as their outcome. */
    public long count() {
        return range.last() - range.first() + 1;
    }

    public OutcomeId outcome() {
        return new OutcomeId(new Position(range.topic(), range.partition(), range.first()), CaptionEvent.TASK, model);
    }

    public ProducerRecord<byte[], byte[]> toRecord(Topics topics) {
        return Envelope.write(
                EventType.SKIPPED,
                topics.skipped(),
                camera.orElse("").getBytes(UTF_8),
                outcome().toString(),
                emitted,
                this);
    }

    public static SkippedEvent fromRecord(ConsumerRecord<byte[], byte[]> record) throws WireException {
        return Envelope.read(record, EventType.SKIPPED, SkippedEvent.class);
    }
}
