package dev.glimpse.fault.hostile;

import dev.glimpse.fault.site.HashingCaptioner;
import dev.glimpse.fault.verifier.Expectation;
import dev.glimpse.picture.Picture;
import dev.glimpse.picture.PictureDecoder;
import dev.glimpse.picture.PictureEncoder;
import dev.glimpse.picture.PictureException;
import dev.glimpse.picture.PictureHeader;
import dev.glimpse.wire.FrameRecord;
import dev.glimpse.wire.WireException;
import java.time.Instant;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Decodes every frame twice, once after a red picture of its size and once after a blue one. A decoder that leaves a hole
 * fills it with what lay there before: then the two differ, and so does what a worker makes of it.
 */
public final class Unmixed implements Expectation {
    private final AtomicLong mixed = new AtomicLong();
    private final AtomicLong decoded = new AtomicLong();

    /** Pictures whose pixels depend on the picture before. */
    public long mixed() {
        return mixed.get();
    }

    /** Pictures that could be decoded. */
    public long decoded() {
        return decoded.get();
    }

    @Override
    public OptionalLong of(ConsumerRecord<byte[], byte[]> frame) {
        try {
            FrameRecord.fromRecord(frame, Instant.EPOCH, MAX_FRAME_BYTES);
            return OptionalLong.of(hash(frame.value()));
        } catch (WireException | PictureException e) {
            return OptionalLong.empty();
        }
    }

    private long hash(byte[] encoded) throws PictureException {
        PictureHeader header = PictureHeader.read(encoded);
        decodeSolid(header, 0);
        long afterRed = HashingCaptioner.hash(PictureDecoder.decode(encoded));
        decodeSolid(header, 2);
        long afterBlue = HashingCaptioner.hash(PictureDecoder.decode(encoded));
        decoded.incrementAndGet();
        mixed.addAndGet(afterRed == afterBlue ? 0 : 1);
        return afterRed;
    }

    private static void decodeSolid(PictureHeader header, int channel) throws PictureException {
        byte[] rgb = new byte[3 * header.width() * header.height()];
        Arrays.fill(rgb, (byte) 10);
        for (int i = channel; i < rgb.length; i += 3) {
            rgb[i] = (byte) 230;
        }
        PictureDecoder.decode(PictureEncoder.jpeg(new Picture(header.width(), header.height(), rgb), 80));
    }
}
