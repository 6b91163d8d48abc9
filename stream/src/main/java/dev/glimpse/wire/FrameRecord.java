package dev.glimpse.wire;

import static dev.glimpse.wire.RejectionReason.KEY_INVALID;
import static dev.glimpse.wire.RejectionReason.KEY_MISSING;
import static dev.glimpse.wire.RejectionReason.TYPE_UNSUPPORTED;
import static dev.glimpse.wire.RejectionReason.VALUE_EMPTY;
import static dev.glimpse.wire.RejectionReason.VALUE_TOO_LARGE;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;

/**
 * A frame as it came out of Kafka. Nothing is decoded yet: only sizes, key and headers have been looked at.
 *
 * @param position where it stood
 * @param received when it was polled
 * @param frame what it holds; a sender who gave no headers gets the position as frame id and the record's time as
 *     capture time
 */
public record FrameRecord(Position position, Instant received, Frame frame) {
    private static final String UNKNOWN = "application/octet-stream";
    private static final Set<String> CONTENT_TYPES = Set.of("image/jpeg", "image/png", UNKNOWN);

    /**
     * Reads one record of the frames topic.
     *
     * @param received when the record was polled
     * @param maxPictureBytes the largest value that is let in
     * @throws WireException when the key, a header or the size is not as it must be
     */
    public static FrameRecord fromRecord(ConsumerRecord<byte[], byte[]> record, Instant received, int maxPictureBytes)
            throws WireException {
        Position position = Position.of(record);
        String camera = camera(record);
        byte[] picture = picture(record, maxPictureBytes);
        Headers headers = record.headers();
        CloudEvents.requireType(headers, Frame.TYPE);
        Frame frame = new Frame(
                camera,
                CloudEvents.text(headers, CloudEvents.ID).orElse(position.toString()),
                CloudEvents.text(headers, CloudEvents.SOURCE).orElse(""),
                captured(record, received),
                contentType(headers),
                CloudEvents.time(headers, CloudEvents.EXPIRY),
                Traceparent.of(headers),
                picture);
        return new FrameRecord(position, received, frame);
    }

    private static String camera(ConsumerRecord<byte[], byte[]> record) throws WireException {
        byte[] key = record.key();
        if (key == null || key.length == 0) {
            throw new WireException(KEY_MISSING, "the key of a frame is its camera id, found none");
        }
        return Text.read(key, Frame.MAX_KEY_BYTES, "the camera id", KEY_INVALID);
    }

    private static byte[] picture(ConsumerRecord<byte[], byte[]> record, int limit) throws WireException {
        byte[] value = record.value();
        if (value == null || value.length == 0) {
            throw new WireException(VALUE_EMPTY, "the value of a frame is an encoded picture, found 0 bytes");
        }
        if (value.length > limit) {
            throw new WireException(
                    VALUE_TOO_LARGE, "a picture has at most " + limit + " bytes, found " + value.length);
        }
        return value;
    }

    private static Instant captured(ConsumerRecord<byte[], byte[]> record, Instant received) throws WireException {
        Optional<Instant> said = CloudEvents.time(record.headers(), CloudEvents.TIME);
        if (said.isPresent()) {
            return said.get();
        }
        return record.timestamp() < 0 ? received : Instant.ofEpochMilli(record.timestamp());
    }

    private static String contentType(Headers headers) throws WireException {
        String type = CloudEvents.text(headers, CloudEvents.CONTENT_TYPE).orElse(UNKNOWN);
        if (!CONTENT_TYPES.contains(type)) {
            throw new WireException(
                    TYPE_UNSUPPORTED, "content-type of a frame is image/jpeg or image/png, found '" + type + "'");
        }
        return type;
    }
}
