package dev.glimpse.kafka;

import dev.glimpse.account.Account;
import dev.glimpse.error.UserError;
import dev.glimpse.ledger.Ledger;
import dev.glimpse.ledger.Partition;
import dev.glimpse.ledger.Position;
import dev.glimpse.ledger.Prefix;
import dev.glimpse.pipeline.Finished;
import dev.glimpse.pipeline.Frame;
import dev.glimpse.pipeline.Outcome;
import dev.glimpse.pipeline.Pipeline;
import dev.glimpse.pipeline.Reply;
import dev.glimpse.pipeline.Stage;
import dev.glimpse.pipeline.Stopwatch;
import dev.glimpse.wire.QuestionEvent;
import dev.glimpse.wire.WireException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads records, hands them to the pipeline, and writes the finished prefix of every partition together with its offsets.
 * Never stops polling while it lives: when too much waits it pauses the partitions instead. Everything here runs on the
 * {@code kafka-io} thread, but for {@link #status}.
 */
final class KafkaLoop implements ConsumerRebalanceListener {
    private static final Logger log = LoggerFactory.getLogger(KafkaLoop.class);
    private static final Duration POLL = Duration.ofMillis(10);
    private static final long COMMIT_NANOS = 100_000_000;
    private static final int COMMIT_RECORDS = 64;
    private static final int COMMIT_AT_MOST = 512;
    private static final long HAND_OVER_NANOS = 500_000_000;
    private static final long RETRY_NANOS = 250_000_000;

    private final KafkaSettings settings;
    private final Consumer<byte[], byte[]> consumer;
    private final Outbox outbox;
    private final Pipeline pipeline;
    private final Intake intake;
    private final Scribe scribe;
    private final Account account;
    private final Observer observer;
    private final Stopwatch stopwatch;
    private final Offsets offsets;
    private final Brake brake;
    private final Connection connection;
    private final Ledger<Settled> ledger = new Ledger<>();
    private final Map<Partition, Integer> working = new HashMap<>();
    private final Queue<Answered> answered = new ConcurrentLinkedQueue<>();
    private final Set<TopicPartition> unplaced = new HashSet<>();
    private boolean paused;
    private boolean draining;
    private boolean rewind;
    private long retryAt;
    private long committedAt;
    private volatile Status status = new Status(false, true, System.nanoTime(), 0, 0);

    KafkaLoop(
            KafkaSettings settings,
            Consumer<byte[], byte[]> consumer,
            Outbox outbox,
            Pipeline pipeline,
            Intake intake,
            Scribe scribe,
            Account account,
            Observer observer,
            Stopwatch stopwatch) {
        this.settings = settings;
        this.consumer = consumer;
        this.outbox = outbox;
        this.pipeline = pipeline;
        this.intake = intake;
        this.scribe = scribe;
        this.account = account;
        this.observer = observer;
        this.stopwatch = stopwatch;
        this.offsets = new Offsets(consumer, settings.start());
        this.connection = new Connection(consumer, settings.bootstrap());
        this.brake = new Brake(settings.inFlight(), settings.inFlightKilobytes() * 1024L);
    }

    /**
     * What others may know of this thread.
     *
     * @param joined the group has assigned partitions, if only none
     * @param connected there is a connection to a broker
     * @param turnNanos {@link System#nanoTime} of the last turn
     * @param partitions partitions owned
     * @param uncommitted records delivered and not committed
     */
    record Status(boolean joined, boolean connected, long turnNanos, int partitions, int uncommitted) {}

    private record Answered(QuestionEvent event, Position position, int epoch, Reply reply) {}

    Status status() {
        return status;
    }

    void subscribe() {
        consumer.subscribe(List.of(settings.topics().frames(), settings.topics().questions()), this);
    }

    /** One turn: poll, take in, take out, commit when it is time. */
    void turn() {
        prepare();
        poll().forEach(this::take);
        absorb();
        pipeline.failure().ifPresent(KafkaLoop::fail);
        if (due()) {
            commit();
        }
        brake();
        note(status.joined());
    }

    private void note(boolean joined) {
        status = new Status(
                joined, !connection.lost(), System.nanoTime(), ledger.owned().size(), ledger.size());
    }

    /** Finishes and commits what is under way, without taking anything new in; as far as the time allows. */
    void drain(Duration timeout) {
        long end = System.nanoTime() + timeout.toNanos();
        draining = true;
        brake();
        while (working() > 0 && System.nanoTime() < end && pipeline.failure().isEmpty()) {
            turn();
        }
        pipeline.withdraw(frame -> true);
        absorb();
        for (int before = -1; ledger.finished() != before && !rewind && outbox.prepared(); ) {
            before = ledger.finished();
            commit();
        }
    }

    private Iterable<ConsumerRecord<byte[], byte[]>> poll() {
        try {
            return consumer.poll(POLL);
        } catch (RetriableException e) {
            log.warn("Reading failed, trying again: {}", Faults.story(e));
            return List.of();
        } catch (KafkaException e) {
            throw new UserError("reading from " + settings.bootstrap() + " failed: " + Faults.story(e), e);
        }
    }

    private static void fail(Throwable cause) {
        throw new IllegalStateException("the pipeline has failed", cause);
    }

    // ---- in

    private void take(ConsumerRecord<byte[], byte[]> record) {
        Position position = Intake.position(record);
        if (!ledger.deliver(position)) {
            return;
        }
        int epoch = ledger.epoch(position.partition()).orElseThrow();
        if (record.topic().equals(settings.topics().frames())) {
            takeFrame(record, position, epoch);
        } else {
            takeQuestion(record, position, epoch);
        }
    }

    private void takeFrame(ConsumerRecord<byte[], byte[]> record, Position position, int epoch) {
        String camera = Intake.camera(record);
        account.received(camera);
        try {
            Frame frame = intake.frame(record, epoch);
            working.merge(position.partition(), 1, Integer::sum);
            pipeline.submit(frame);
        } catch (WireException e) {
            ledger.finish(
                    position,
                    epoch,
                    new Settled.Unreadable(record, Optional.of(camera), e.reason(), String.valueOf(e.getMessage())));
        }
    }

    private void takeQuestion(ConsumerRecord<byte[], byte[]> record, Position position, int epoch) {
        try {
            QuestionEvent event = QuestionEvent.fromRecord(record);
            working.merge(position.partition(), 1, Integer::sum);
            pipeline.ask(intake.question(event))
                    .thenAccept(reply -> answered.add(new Answered(event, position, epoch, reply)));
        } catch (WireException e) {
            ledger.finish(
                    position,
                    epoch,
                    new Settled.Unreadable(record, Optional.empty(), e.reason(), String.valueOf(e.getMessage())));
        }
    }

    // ---- out

    private void absorb() {
        pipeline.drain(this::absorb);
        for (Answered each = answered.poll(); each != null; each = answered.poll()) {
            working.merge(each.position().partition(), -1, Integer::sum);
            if (!(each.reply() instanceof Reply.Unanswered unanswered) || unanswered.reason() != Reply.Reason.STOPPED) {
                var settled = new Settled.OfQuestion(each.event(), each.position(), each.reply());
                ledger.finish(each.position(), each.epoch(), settled);
            }
        }
    }

    private void absorb(Finished finished) {
        Frame frame = finished.frame();
        working.merge(frame.position().partition(), -1, Integer::sum);
        if (finished.outcome() instanceof Outcome.Withdrawn
                || !ledger.finish(frame.position(), frame.epoch(), new Settled.OfFrame(finished))) {
            account.handedOver(frame.camera());
        }
    }

    private boolean due() {
        return !rewind
                && outbox.prepared()
                && ledger.finished() > 0
                && (ledger.finished() >= COMMIT_RECORDS || System.nanoTime() - committedAt >= COMMIT_NANOS);
    }

    private void commit() {
        List<Prefix<Settled>> prefixes = ledger.prefixes(COMMIT_AT_MOST);
        if (prefixes.isEmpty()) {
            return;
        }
        long started = System.nanoTime();
        List<Written> written = new ArrayList<>();
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        Map<TopicPartition, OffsetAndMetadata> next = new HashMap<>();
        for (Prefix<Settled> prefix : prefixes) {
            prefix.outcomes().forEach(settled -> written.add(scribe.write(settled)));
            next.put(Offsets.theirs(prefix.partition()), new OffsetAndMetadata(prefix.next()));
        }
        written.forEach(each -> records.add(each.record()));
        try {
            outbox.deliver(records, next, consumer);
        } catch (KafkaException | IllegalStateException e) {
            recover(e);
            return;
        }
        prefixes.forEach(prefix -> ledger.committed(prefix.partition(), prefix.next()));
        written.forEach(each -> each.whenCommitted().accept(observer));
        committedAt = System.nanoTime();
        stopwatch.took(Stage.COMMIT, committedAt - started);
    }

    // ---- when it goes wrong

    private void recover(RuntimeException error) {
        Faults.Fault fault = Faults.of(error);
        if (fault == Faults.Fault.FATAL) {
            throw new UserError("writing to " + settings.bootstrap() + " failed: " + Faults.story(error), error);
        }
        log.warn("A commit failed ({}), doing it again: {}", fault, Faults.story(error));
        rewind = true;
        if (fault == Faults.Fault.ABORT) {
            try {
                outbox.abort();
                return;
            } catch (KafkaException | IllegalStateException e) {
                log.warn("The transaction cannot be aborted, taking a new producer: {}", Faults.story(e));
            }
        }
        outbox.replace();
    }

    /** Brings producer and positions in order after the start and after a fault; tries again later what times out. */
    private void prepare() {
        if ((outbox.prepared() && !rewind && unplaced.isEmpty()) || System.nanoTime() < retryAt) {
            return;
        }
        try {
            outbox.prepare();
            place();
            if (rewind) {
                rewind();
                rewind = false;
            }
        } catch (RetriableException e) {
            log.warn("Kafka does not answer, trying again: {}", Faults.story(e));
            retryAt = System.nanoTime() + RETRY_NANOS;
        } catch (KafkaException | IllegalStateException e) {
            recover(e);
            retryAt = System.nanoTime() + RETRY_NANOS;
        }
    }

    /** Reads again from what is committed: the broker knows whether a commit without an answer went through. */
    private void rewind() {
        Map<TopicPartition, Long> committed = offsets.committed(consumer.assignment());
        for (Partition partition : ledger.owned()) {
            Long offset = committed.get(Offsets.theirs(partition));
            if (offset != null) {
                ledger.committed(partition, offset)
                        .forEach(
                                settled -> scribe.write(settled).whenCommitted().accept(observer));
            }
            ledger.rewind(partition).ifPresent(from -> consumer.seek(Offsets.theirs(partition), from));
        }
    }

    // ---- back-pressure

    private void brake() {
        boolean on = draining || brake.on(ledger.size(), pipeline.waitingBytes());
        if (on) {
            consumer.pause(consumer.assignment());
        } else if (paused) {
            consumer.resume(consumer.paused());
        }
        paused = on;
    }

    private int working() {
        return working.values().stream().mapToInt(Integer::intValue).sum();
    }

    // ---- rebalance

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
        unplaced.addAll(partitions);
        try {
            place();
        } catch (RetriableException e) {
            log.warn("Kafka does not say where to begin, asking again: {}", Faults.story(e));
        }
        note(true);
        log.info("Reading {}", consumer.assignment());
    }

    /** Records of a partition that has no place yet are passed over; it is read from its place on once that is known. */
    private void place() {
        if (!unplaced.isEmpty()) {
            offsets.committedOrFirst(unplaced).forEach((partition, offset) -> {
                ledger.assign(Offsets.ours(partition), offset);
                consumer.seek(partition, offset);
            });
            unplaced.clear();
        }
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
        if (partitions.isEmpty()) {
            return;
        }
        log.info("Handing over {}", partitions);
        withdraw(partitions);
        long end = System.nanoTime() + HAND_OVER_NANOS;
        absorb();
        while (System.nanoTime() < end && partitions.stream().anyMatch(this::worksOn)) {
            sleepAMoment();
            absorb();
        }
        if (!rewind && outbox.prepared()) {
            commit();
        }
        partitions.forEach(this::release);
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
        log.warn("Lost {}", partitions);
        withdraw(partitions);
        absorb();
        partitions.forEach(this::release);
    }

    private void withdraw(Collection<TopicPartition> partitions) {
        unplaced.removeAll(Set.copyOf(partitions));
        pipeline.withdraw(
                frame -> partitions.contains(Offsets.theirs(frame.position().partition())));
    }

    private boolean worksOn(TopicPartition partition) {
        return working.getOrDefault(Offsets.ours(partition), 0) > 0;
    }

    private void release(TopicPartition partition) {
        ledger.release(Offsets.ours(partition))
                .forEach(settled -> settled.camera().ifPresent(account::handedOver));
    }

    private static void sleepAMoment() {
        try {
            Thread.sleep(5);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
