package dev.glimpse.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.glimpse.error.UserError;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * One encoded picture of one camera.
 *
 * @param camera who saw it: 1 to {@link #MAX_KEY_BYTES} bytes of UTF-8 without control characters
 * @param id name of the frame, unique among its sender's
 * @param source who sent it, a URI reference
 * @param captured when the picture was taken
 * @param contentType {@code image/jpeg} or {@code image/png}
 * @param expires when nobody wants its caption any more; empty: the runtime's own budget counts
 * @param traceparent W3C trace context to go on with
 * @param picture the encoded picture. Not copied: who makes a frame gives the array away
 */
@SuppressWarnings("ArrayRecordComponent") // hundreds of kilobytes, never compared
public record Frame(
        String camera,
        String id,
        String source,
        Instant captured,
        String contentType,
        Optional<Instant> expires,
        Optional<String> traceparent,
        byte[] picture) {
    /** The longest camera name. */
    public static final int MAX_KEY_BYTES = 200;

    /** CloudEvents type of a frame. */
    public static final String TYPE = "dev.glimpse.frame.v1";

    /** A JPEG with no deadline of its own and no trace. */
    public static Frame jpeg(String camera, String id, String source, Instant captured, byte[] jpeg) {
        return new Frame(camera, id, source, captured, "image/jpeg", Optional.empty(), Optional.empty(), jpeg);
    }

    /** Refuses a camera name that no reader would accept. */
    public static void requireCamera(String camera) {
        try {
            Text.read(camera.getBytes(UTF_8), MAX_KEY_BYTES, "a camera id", RejectionReason.KEY_INVALID);
        } catch (WireException e) {
            throw new UserError(e.getMessage() + ", in '" + camera + "'", e);
        }
    }

    /** This frame as a record: the picture as value, everything else in key and headers. */
    public ProducerRecord<byte[], byte[]> toRecord(Topics topics) {
        var record = new ProducerRecord<>(topics.frames(), camera.getBytes(UTF_8), picture);
        CloudEvents.add(record.headers(), CloudEvents.SPECVERSION, "1.0");
        CloudEvents.add(record.headers(), CloudEvents.ID, id);
        CloudEvents.add(record.headers(), CloudEvents.SOURCE, source);
        CloudEvents.add(record.headers(), CloudEvents.TYPE, TYPE);
        CloudEvents.add(record.headers(), CloudEvents.TIME, captured.toString());
        CloudEvents.add(record.headers(), CloudEvents.CONTENT_TYPE, contentType);
        expires.ifPresent(time -> CloudEvents.add(record.headers(), CloudEvents.EXPIRY, time.toString()));
        return Traceparent.on(record, traceparent);
    }
}
