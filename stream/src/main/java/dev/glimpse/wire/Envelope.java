package dev.glimpse.wire;

import static dev.glimpse.wire.RejectionReason.JSON_INVALID;
import static dev.glimpse.wire.RejectionReason.SCHEMA_UNSUPPORTED;
import static dev.glimpse.wire.RejectionReason.TOPIC_WRONG;
import static dev.glimpse.wire.RejectionReason.VALUE_EMPTY;
import static dev.glimpse.wire.RejectionReason.VALUE_TOO_LARGE;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.glimpse.box.Box;
import dev.glimpse.error.UserError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Turns an event into a record with a JSON value and CloudEvents headers, and back. Every value begins with
 * {@code schemaVersion}, {@code topic} (where it was meant to go) and {@code id}, then has the event's own fields.
 */
final class Envelope {
    static final int MAX_DEPTH = 32;
    static final int MAX_DOCUMENT_BYTES = 256 * 1024;
    static final int MAX_STRING_LENGTH = 64 * 1024;

    private static final String SOURCE = "glimpse";
    private static final ObjectMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .maxDocumentLength(MAX_DOCUMENT_BYTES)
                            .maxStringLength(MAX_STRING_LENGTH)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .addModule(new Jdk8Module())
            .addModule(new JavaTimeModule())
            .addMixIn(Box.class, FourNumbers.class)
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_ABSENT, JsonInclude.Include.ALWAYS))
            .build();

    /** A box is [x1, y1, x2, y2]. */
    @JsonFormat(shape = JsonFormat.Shape.ARRAY)
    @JsonPropertyOrder({"x1", "y1", "x2", "y2"})
    private interface FourNumbers {}

    private Envelope() {}

    static ProducerRecord<byte[], byte[]> write(
            EventType type, String topic, byte[] key, String id, Instant time, Object event) {
        ObjectNode value = MAPPER.createObjectNode()
                .put("schemaVersion", EventType.SCHEMA_VERSION)
                .put("topic", topic)
                .put("id", id);
        value.setAll((ObjectNode) MAPPER.valueToTree(event));
        var record = new ProducerRecord<>(topic, key, bytes(value));
        CloudEvents.add(record.headers(), CloudEvents.SPECVERSION, "1.0");
        CloudEvents.add(record.headers(), CloudEvents.ID, id);
        CloudEvents.add(record.headers(), CloudEvents.SOURCE, SOURCE);
        CloudEvents.add(record.headers(), CloudEvents.TYPE, type.type());
        CloudEvents.add(record.headers(), CloudEvents.TIME, time.toString());
        CloudEvents.add(record.headers(), CloudEvents.CONTENT_TYPE, "application/json");
        return record;
    }

    /** The event's own fields, as sent; schema version, topic and event type have been checked where they are given. */
    static ObjectNode read(ConsumerRecord<byte[], byte[]> record, EventType type) throws WireException {
        CloudEvents.requireType(record.headers(), type.type());
        ObjectNode value = parse(record.value());
        JsonNode version = value.path("schemaVersion");
        if (!version.isMissingNode() && !(version.isInt() && version.intValue() == EventType.SCHEMA_VERSION)) {
            throw new WireException(
                    SCHEMA_UNSUPPORTED, "schemaVersion is " + EventType.SCHEMA_VERSION + ", found " + version);
        }
        JsonNode topic = value.path("topic");
        if (!topic.isMissingNode() && !topic.asText().equals(record.topic())) {
            throw new WireException(TOPIC_WRONG, "meant for topic " + topic + ", found in '" + record.topic() + "'");
        }
        return value;
    }

    /** As {@link #read(ConsumerRecord, EventType)}, for records that a program wrote: nothing may be left out. */
    static <T> T read(ConsumerRecord<byte[], byte[]> record, EventType type, Class<T> event) throws WireException {
        ObjectNode value = read(record, type);
        for (String field : new String[] {"schemaVersion", "topic", "id"}) {
            if (!value.has(field)) {
                throw new WireException(JSON_INVALID, "field " + field + " is missing");
            }
        }
        return bind(value, event);
    }

    static <T> T bind(ObjectNode value, Class<T> event) throws WireException {
        try {
            return MAPPER.treeToValue(value, event);
        } catch (JsonProcessingException e) {
            throw new WireException(JSON_INVALID, where(e) + what(e), e);
        }
    }

    private static String where(JsonProcessingException e) {
        String path = e instanceof JsonMappingException mapping
                ? mapping.getPath().stream()
                        .map(step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : step.getFieldName())
                        .collect(Collectors.joining("."))
                : "";
        return path.isEmpty() ? "" : "field " + path + ": ";
    }

    private static String what(JsonProcessingException e) {
        return e.getCause() instanceof UserError ours ? "" + ours.getMessage() : e.getOriginalMessage();
    }

    private static ObjectNode parse(byte[] value) throws WireException {
        if (value == null || value.length == 0) {
            throw new WireException(VALUE_EMPTY, "the value is a JSON object, found 0 bytes");
        }
        if (value.length > MAX_DOCUMENT_BYTES) {
            throw new WireException(
                    VALUE_TOO_LARGE,
                    "a JSON value has at most " + MAX_DOCUMENT_BYTES + " bytes, found " + value.length);
        }
        try {
            if (MAPPER.readTree(value) instanceof ObjectNode object) {
                return object;
            }
        } catch (JsonProcessingException e) {
            throw new WireException(JSON_INVALID, "the value is not JSON: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException("reading from memory", e);
        }
        throw new WireException(JSON_INVALID, "the value is JSON, but no object");
    }

    private static byte[] bytes(ObjectNode value) {
        try {
            return MAPPER.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("a tree can always be written", e);
        }
    }
}
