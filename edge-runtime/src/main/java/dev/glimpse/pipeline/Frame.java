package dev.glimpse.pipeline;

import dev.glimpse.ledger.Position;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One encoded picture of one camera on its way through the pipeline.
 *
 * @param position where it came from
 * @param epoch epoch of its partition when it was delivered
 * @param camera camera id, checked
 * @param id frame id, unique within the camera
 * @param encoded JPEG or PNG as sent, never changed
 * @param captured when the camera took it
 * @param received when it was delivered to this process
 * @param deadline after this moment nobody wants its caption
 * @param traceparent trace context to carry on
 * @param standing standing questions in force when it was delivered
 * @param receivedNanos {@link System#nanoTime} at delivery
 */
@SuppressWarnings("ArrayRecordComponent") // the picture itself, never compared
public record Frame(
        Position position,
        int epoch,
        String camera,
        String id,
        byte[] encoded,
        Instant captured,
        Instant received,
        Instant deadline,
        Optional<String> traceparent,
        List<Standing> standing,
        long receivedNanos) {
    private static final byte[] NO_PICTURE = {};

    public Frame {
        standing = List.copyOf(standing);
    }

    Frame withoutPicture() {
        return new Frame(
                position,
                epoch,
                camera,
                id,
                NO_PICTURE,
                captured,
                received,
                deadline,
                traceparent,
                standing,
                receivedNanos);
    }

    int bytes() {
        return encoded.length;
    }

    boolean expired(Instant now) {
        return now.isAfter(deadline);
    }
}
