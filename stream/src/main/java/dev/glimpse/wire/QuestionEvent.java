package dev.glimpse.wire;

import static dev.glimpse.error.UserError.require;
import static dev.glimpse.wire.RejectionReason.JSON_INVALID;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * A question about what a camera sees, or saw in one frame.
 *
 * @param request name of the request, chosen by who asks; the answer carries it
 * @param camera whose latest frame is meant; may be empty when a frame is named
 * @param frame the frame that is meant; empty: the latest
 * @param question plain text, 1 to {@link #MAX_LENGTH} characters
 * @param asked when it was asked
 * @param expires when nobody waits for the answer any more
 */
public record QuestionEvent(
        String request,
        Optional<String> camera,
        Optional<String> frame,
        String question,
        Instant asked,
        Optional<Instant> expires) {
    /** The longest question in characters. */
    public static final int MAX_LENGTH = 500;

    private static final int MAX_REQUEST_LENGTH = 200;

    public QuestionEvent {
        require(
                !request.isEmpty() && request.length() <= MAX_REQUEST_LENGTH,
                "a request id has 1 to %d characters, found %d",
                MAX_REQUEST_LENGTH,
                request.length());
        require(camera.isPresent() || frame.isPresent(), "a question names a camera or a frame, found neither");
        require(
                !question.isBlank() && question.length() <= MAX_LENGTH,
                "a question has 1 to %d characters, found %d",
                MAX_LENGTH,
                question.length());
    }

    public ProducerRecord<byte[], byte[]> toRecord(Topics topics) {
        byte[] key = camera.or(() -> frame).orElseThrow().getBytes(UTF_8);
        return Envelope.write(EventType.QUESTION, topics.questions(), key, request, asked, this);
    }

    /**
     * Reads a question. One written by hand may be as short as {@code {"question": "..."}} with the camera as key: the
     * request is then the record's position and the time is the record's.
     */
    public static QuestionEvent fromRecord(ConsumerRecord<byte[], byte[]> record) throws WireException {
        ObjectNode value = Envelope.read(record, EventType.QUESTION);
        if (!value.has("request")) {
            value.put("request", Position.of(record).toString());
        }
        if (!value.has("asked")) {
            value.put(
                    "asked",
                    Instant.ofEpochMilli(Math.max(0, record.timestamp())).toString());
        }
        if (!value.has("camera") && !value.has("frame") && record.key() != null) {
            value.put(
                    "camera",
                    Text.read(record.key(), Frame.MAX_KEY_BYTES, "the camera id", RejectionReason.KEY_INVALID));
        }
        if (!value.path("question").isTextual()) {
            throw new WireException(JSON_INVALID, "field question is a text, found " + value.path("question"));
        }
        return Envelope.bind(value, QuestionEvent.class);
    }
}
