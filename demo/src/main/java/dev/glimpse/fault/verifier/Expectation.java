package dev.glimpse.fault.verifier;

import dev.glimpse.fault.site.HashingCaptioner;
import dev.glimpse.picture.PictureDecoder;
import dev.glimpse.picture.PictureException;
import dev.glimpse.wire.FrameRecord;
import dev.glimpse.wire.WireException;
import java.time.Instant;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What the outcome of a frame has to show. */
@FunctionalInterface
public interface Expectation {
    /** Larger frames than these are rejected by the suite's workers. */
    int MAX_FRAME_BYTES = 1024 * 1024;

    /** The hash that the frame's caption must show; empty when it must be rejected. A skip is never wrong. */
    OptionalLong of(ConsumerRecord<byte[], byte[]> frame);

    /** The hash of the picture, decoded here once more. */
    static OptionalLong ofPicture(ConsumerRecord<byte[], byte[]> frame) {
        try {
            FrameRecord.fromRecord(frame, Instant.EPOCH, MAX_FRAME_BYTES);
            return OptionalLong.of(HashingCaptioner.hash(PictureDecoder.decode(frame.value())));
        } catch (WireException | PictureException e) {
            return OptionalLong.empty();
        }
    }
}
