package dev.glimpse.wire;

import static dev.glimpse.error.UserError.require;
import static dev.glimpse.wire.RejectionReason.JSON_INVALID;
import static dev.glimpse.wire.RejectionReason.KEY_INVALID;
import static dev.glimpse.wire.RejectionReason.KEY_MISSING;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.glimpse.error.UserError;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * A question asked of every frame of a camera until it is ended. Its record stands in a compacted topic under the key
 * {@code camera/id}: a newer one replaces it, one without a value ends it.
 *
 * @param key whose question, and its name
 * @param question plain text, 1 to {@link QuestionEvent#MAX_LENGTH} characters
 * @param asked when somebody asked for it
 */
public record StandingQuestion(Key key, String question, Instant asked) {
    private static final Pattern ID = Pattern.compile("[a-zA-Z0-9._-]{1,64}");
    private static final int MAX_KEY_BYTES = Frame.MAX_KEY_BYTES + 65;

    public StandingQuestion {
        require(
                !question.isBlank() && question.length() <= QuestionEvent.MAX_LENGTH,
                "a question has 1 to %d characters, found %d",
                QuestionEvent.MAX_LENGTH,
                question.length());
    }

    /**
     * Key of a standing question.
     *
     * @param camera whose frames
     * @param id 1 to 64 of a-z A-Z 0-9 . _ -
     */
    public record Key(String camera, String id) {
        public Key {
            Frame.requireCamera(camera);
            require(
                    ID.matcher(id).matches(),
                    "the id of a standing question has 1 to 64 of a-z A-Z 0-9 . _ -, found '%s'",
                    id);
        }

        /** {@code camera/id}; the camera may hold slashes of its own. */
        @Override
        public String toString() {
            return camera + "/" + id;
        }

        /** The record that ends the question. */
        public ProducerRecord<byte[], byte[]> tombstone(Topics topics) {
            return new ProducerRecord<>(topics.standingQuestions(), toString().getBytes(UTF_8), null);
        }
    }

    /** Whose question a record is about, also when it ends it. */
    public static Key key(ConsumerRecord<byte[], byte[]> record) throws WireException {
        if (record.key() == null || record.key().length == 0) {
            throw new WireException(KEY_MISSING, "the key of a standing question is camera/id, found none");
        }
        String text = Text.read(record.key(), MAX_KEY_BYTES, "the key of a standing question", KEY_INVALID);
        int slash = text.lastIndexOf('/');
        if (slash < 1) {
            throw new WireException(KEY_INVALID, "the key of a standing question is camera/id, found '" + text + "'");
        }
        try {
            return new Key(text.substring(0, slash), text.substring(slash + 1));
        } catch (UserError e) {
            throw new WireException(KEY_INVALID, String.valueOf(e.getMessage()), e);
        }
    }

    /** The question in a record; empty when the record ends it. As short as {@code {"question": "..."}} will do. */
    public static Optional<StandingQuestion> fromRecord(ConsumerRecord<byte[], byte[]> record) throws WireException {
        Key key = key(record);
        if (record.value() == null || record.value().length == 0) {
            return Optional.empty();
        }
        ObjectNode value = Envelope.read(record, EventType.QUESTION);
        if (!value.path("question").isTextual()) {
            throw new WireException(JSON_INVALID, "field question is a text, found " + value.path("question"));
        }
        if (!value.has("asked")) {
            value.put(
                    "asked",
                    Instant.ofEpochMilli(Math.max(0, record.timestamp())).toString());
        }
        value.put("request", key.toString());
        value.put("camera", key.camera());
        QuestionEvent event = Envelope.bind(value, QuestionEvent.class);
        return Optional.of(new StandingQuestion(key, event.question(), event.asked()));
    }

    public ProducerRecord<byte[], byte[]> toRecord(Topics topics) {
        QuestionEvent event = new QuestionEvent(
                key.toString(), Optional.of(key.camera()), Optional.empty(), question, asked, Optional.empty());
        return Envelope.write(
                EventType.QUESTION,
                topics.standingQuestions(),
                key.toString().getBytes(UTF_8),
                event.request(),
                asked,
                event);
    }
}
