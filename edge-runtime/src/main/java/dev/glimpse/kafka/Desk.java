package dev.glimpse.kafka;

import dev.glimpse.account.Account;
import dev.glimpse.ledger.Ledger;
import dev.glimpse.ledger.Position;
import dev.glimpse.pipeline.Finished;
import dev.glimpse.pipeline.Frame;
import dev.glimpse.pipeline.Outcome;
import dev.glimpse.pipeline.Pipeline;
import dev.glimpse.pipeline.Reply;
import dev.glimpse.wire.QuestionEvent;
import dev.glimpse.wire.Traceparent;
import dev.glimpse.wire.WireException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Records in, to the pipeline; what became of them out, into the ledger. Used by the {@code kafka-io} thread only.
 */
final class Desk {
    private final String frames;
    private final Pipeline pipeline;
    private final Intake intake;
    private final Ledger<Settled> ledger;
    private final Account account;
    private final CatchUp catchUp;
    private final StandingQuestions standing;
    private final Map<TopicPartition, Integer> working = new HashMap<>();
    private final Queue<Answered> answered = new ConcurrentLinkedQueue<>();

    /** @param frames name of the topic of frames; what comes from any other is a question */
    Desk(
            String frames,
            Pipeline pipeline,
            Intake intake,
            Ledger<Settled> ledger,
            Account account,
            CatchUp catchUp,
            StandingQuestions standing) {
        this.frames = frames;
        this.pipeline = pipeline;
        this.intake = intake;
        this.ledger = ledger;
        this.account = account;
        this.catchUp = catchUp;
        this.standing = standing;
    }

    private record Answered(Settled.OfQuestion settled, int epoch) {}

    /** Takes one record in, unless it is known, not ours, or so old that it is passed over. */
    void take(ConsumerRecord<byte[], byte[]> record) {
        Position position = Intake.position(record);
        boolean isFrame = record.topic().equals(frames);
        if ((isFrame && catchUp.passesOver(record, position)) || !ledger.deliver(position)) {
            return;
        }
        int epoch = ledger.epoch(position.partition()).orElseThrow();
        if (isFrame) {
            takeFrame(record, position, epoch);
        } else {
            takeQuestion(record, position, epoch);
        }
    }

    private void takeFrame(ConsumerRecord<byte[], byte[]> record, Position position, int epoch) {
        String camera = Intake.camera(record);
        account.received(camera);
        try {
            Frame frame = intake.frame(record, epoch, standing::of);
            works(position, 1);
            pipeline.submit(frame);
        } catch (WireException e) {
            unreadable(record, position, epoch, Optional.of(camera), e);
        }
    }

    private void takeQuestion(ConsumerRecord<byte[], byte[]> record, Position position, int epoch) {
        try {
            QuestionEvent event = QuestionEvent.fromRecord(record);
            Optional<String> traceparent = Traceparent.of(record.headers());
            Instant received = intake.now();
            works(position, 1);
            pipeline.ask(intake.question(event))
                    .thenAccept(reply -> answered.add(new Answered(
                            new Settled.OfQuestion(event, position, traceparent, received, reply), epoch)));
        } catch (WireException e) {
            unreadable(record, position, epoch, Optional.empty(), e);
        }
    }

    private void unreadable(
            ConsumerRecord<byte[], byte[]> record,
            Position position,
            int epoch,
            Optional<String> camera,
            WireException e) {
        ledger.finish(
                position, epoch, new Settled.Unreadable(record, camera, e.reason(), String.valueOf(e.getMessage())));
    }

    /** Enters into the ledger what the pipeline has finished. */
    void absorb() {
        pipeline.drain(this::absorb);
        for (Answered each = answered.poll(); each != null; each = answered.poll()) {
            Settled.OfQuestion settled = each.settled();
            works(settled.position(), -1);
            if (!(settled.reply() instanceof Reply.Unanswered unanswered)
                    || unanswered.reason() != Reply.Reason.STOPPED) {
                ledger.finish(settled.position(), each.epoch(), settled);
            }
        }
    }

    private void absorb(Finished finished) {
        Frame frame = finished.frame();
        works(frame.position(), -1);
        if (finished.outcome() instanceof Outcome.Withdrawn
                || !ledger.finish(frame.position(), frame.epoch(), new Settled.OfFrame(finished))) {
            account.handedOver(frame.camera());
        }
    }

    /** Takes back the frames of these partitions that wait to be worked on. */
    void withdraw(Collection<TopicPartition> partitions) {
        pipeline.withdraw(
                frame -> partitions.contains(Offsets.theirs(frame.position().partition())));
    }

    /** Takes back every frame that waits to be worked on. */
    void withdraw() {
        pipeline.withdraw(frame -> true);
    }

    boolean worksOn(TopicPartition partition) {
        return working.getOrDefault(partition, 0) > 0;
    }

    /** Records in the pipeline. */
    int working() {
        return working.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** Encoded bytes waiting in the pipeline. */
    long waitingBytes() {
        return pipeline.waitingBytes();
    }

    private void works(Position position, int more) {
        working.merge(Offsets.theirs(position.partition()), more, Integer::sum);
    }
}
