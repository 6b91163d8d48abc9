package dev.glimpse.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.glimpse.account.Account;
import dev.glimpse.error.UserError;
import dev.glimpse.ledger.Partition;
import dev.glimpse.ledger.Position;
import dev.glimpse.pipeline.Frame;
import dev.glimpse.pipeline.Limits;
import dev.glimpse.pipeline.Question;
import dev.glimpse.pipeline.Standing;
import dev.glimpse.wire.FrameRecord;
import dev.glimpse.wire.QuestionEvent;
import dev.glimpse.wire.WireException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Records in, frames and questions of the pipeline out. */
final class Intake {
    private static final int REPLACEMENT = 0xFFFD;

    private final Limits limits;
    private final int maxFrameBytes;
    private final InstantSource clock;

    Intake(Limits limits, int maxFrameBytes, InstantSource clock) {
        this.limits = limits;
        this.maxFrameBytes = maxFrameBytes;
        this.clock = clock;
    }

    /** @param standing the standing questions of a camera */
    Frame frame(ConsumerRecord<byte[], byte[]> record, int epoch, Function<String, List<Standing>> standing)
            throws WireException {
        Instant now = clock.instant();
        dev.glimpse.wire.Frame frame =
                FrameRecord.fromRecord(record, now, maxFrameBytes).frame();
        Instant captured = limits.captured(frame.captured(), now);
        return new Frame(
                position(record),
                epoch,
                frame.camera(),
                frame.id(),
                frame.picture(),
                captured,
                now,
                frame.expires().map(named -> limits.deadline(named, now)).orElseGet(() -> limits.deadline(captured)),
                frame.traceparent(),
                standing.apply(frame.camera()),
                System.nanoTime());
    }

    /** The moment of arrival of what is read now. */
    Instant now() {
        return clock.instant();
    }

    Question question(QuestionEvent event) {
        Instant now = clock.instant();
        Instant deadline = event.expires()
                .map(named -> limits.deadline(named, now))
                .orElseGet(() -> limits.deadline(limits.captured(event.asked(), now)));
        return new Question(event.request(), event.camera(), event.frame(), event.question(), deadline);
    }

    /** The camera that a record is counted under, whatever else is wrong with it. */
    static String camera(ConsumerRecord<byte[], byte[]> record) {
        byte[] key = record.key();
        if (key == null || key.length == 0 || key.length > dev.glimpse.wire.Frame.MAX_KEY_BYTES) {
            return Account.NOBODY;
        }
        String camera = new String(key, UTF_8);
        try {
            dev.glimpse.wire.Frame.requireCamera(camera);
        } catch (UserError e) {
            return Account.NOBODY;
        }
        return camera.indexOf(REPLACEMENT) < 0 ? camera : Account.NOBODY;
    }

    static Position position(ConsumerRecord<byte[], byte[]> record) {
        return new Position(new Partition(record.topic(), record.partition()), record.offset());
    }
}
