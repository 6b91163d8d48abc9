package dev.glimpse.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * What was seen in one frame: the usual outcome.
 *
 * @param camera who saw it
 * @param frame id of the frame
 * @param input where the frame stood
 * @param captured when the picture was taken
 * @param received when the runtime polled it
 * @param emitted when this event was handed to Kafka
 * @param caption the sentence; empty where {@code degraded} left no time for words
 * @param confidence calibrated probability in [0, 1] that the caption is right
 * @param words the words with their probabilities and the regions they looked at
 * @param regions found regions by falling score
 * @param model digest of the model
 * @param engine name and version of what ran the networks
 * @param precision {@code fp32}, {@code fp16} or {@code int8}
 * @param degraded how far the runtime had stepped down under load; 0 is full service
 */
public record CaptionEvent(
        String camera,
        String frame,
        Position input,
        Instant captured,
        Instant received,
        Instant emitted,
        String caption,
        double confidence,
        List<Word> words,
        List<Region> regions,
        String model,
        String engine,
        String precision,
        int degraded) {
    /** The task in the {@link OutcomeId} of captions, skips and rejections of frames. */
    public static final String TASK = "caption";

    public CaptionEvent {
        words = List.copyOf(words);
        regions = List.copyOf(regions);
    }

    public OutcomeId outcome() {
        return new OutcomeId(input, TASK, model);
    }

    public ProducerRecord<byte[], byte[]> toRecord(Topics topics) {
        return Envelope.write(
                EventType.CAPTION,
                topics.captions(),
                camera.getBytes(UTF_8),
                outcome().toString(),
                emitted,
                this);
    }

    public static CaptionEvent fromRecord(ConsumerRecord<byte[], byte[]> record) throws WireException {
        return Envelope.read(record, EventType.CAPTION, CaptionEvent.class);
    }
}
