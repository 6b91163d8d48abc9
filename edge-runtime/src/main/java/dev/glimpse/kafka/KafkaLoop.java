package dev.glimpse.kafka;

import dev.glimpse.account.Account;
import dev.glimpse.error.UserError;
import dev.glimpse.ledger.Ledger;
import dev.glimpse.pipeline.Limits;
import dev.glimpse.pipeline.Pipeline;
import dev.glimpse.pipeline.Stopwatch;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
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
final class KafkaLoop {
    private static final Logger log = LoggerFactory.getLogger(KafkaLoop.class);
    private static final Duration POLL = Duration.ofMillis(10);
    private static final long RETRY_NANOS = 250_000_000;

    private final KafkaSettings settings;
    private final Consumer<byte[], byte[]> consumer;
    private final Pipeline pipeline;
    private final Ledger<Settled> ledger = new Ledger<>(Settled::light);
    private final StandingQuestions standing;
    private final Desk desk;
    private final Commits commits;
    private final Rebalance rebalance;
    private final Brake brake;
    private final Connection connection;
    private boolean paused;
    private boolean draining;
    private long retryAt;
    private volatile Status status = new Status(false, true, System.nanoTime(), 0, 0);

    KafkaLoop(
            KafkaSettings settings,
            Consumer<byte[], byte[]> consumer,
            Outbox outbox,
            StandingQuestions standing,
            Around around,
            Scribe scribe) {
        this.settings = settings;
        this.consumer = consumer;
        this.standing = standing;
        this.pipeline = around.pipeline();
        Offsets offsets = new Offsets(consumer, settings.start());
        this.desk = new Desk(
                settings.topics().frames(),
                pipeline,
                new Intake(around.limits(), settings.maxFrameKilobytes() * 1024, around.clock()),
                ledger,
                around.account(),
                new CatchUp(consumer, ledger, around.limits(), around.clock()),
                standing);
        this.commits = new Commits(
                settings.bootstrap(),
                consumer,
                outbox,
                offsets,
                ledger,
                scribe,
                around.bulletin(),
                around.observer(),
                around.stopwatch());
        this.rebalance = new Rebalance(consumer, offsets, ledger, desk, commits, around.account(), standing);
        this.connection = new Connection(consumer, settings.bootstrap());
        this.brake = new Brake(settings.inFlight(), settings.inFlightKilobytes() * 1024L);
    }

    /** What the loop works with. */
    record Around(
            Pipeline pipeline,
            Limits limits,
            Account account,
            Bulletin bulletin,
            Observer observer,
            Stopwatch stopwatch,
            InstantSource clock) {}

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

    Status status() {
        return status;
    }

    /** Learns the standing questions, then joins the group. */
    void subscribe() {
        standing.load();
        consumer.subscribe(List.of(settings.topics().frames(), settings.topics().questions()), rebalance);
    }

    /** One turn: poll, take in, take out, commit when it is time. */
    void turn() {
        prepare();
        standing.refresh();
        poll().forEach(desk::take);
        desk.absorb();
        pipeline.failure().ifPresent(KafkaLoop::fail);
        commits.commitWhenDue();
        brake();
        note();
    }

    /** Finishes and commits what is under way, without taking anything new in; as far as the time allows. */
    void drain(Duration timeout) {
        long end = System.nanoTime() + timeout.toNanos();
        draining = true;
        brake();
        while (desk.working() > 0
                && System.nanoTime() < end
                && pipeline.failure().isEmpty()) {
            turn();
        }
        desk.withdraw();
        desk.absorb();
        commits.commitAll();
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

    /** Brings producer and positions in order after the start and after a fault; tries again later what times out. */
    private void prepare() {
        if ((commits.able() && rebalance.placed()) || System.nanoTime() < retryAt) {
            return;
        }
        try {
            commits.prepareProducer();
            rebalance.place();
            commits.rewindIfNeeded();
        } catch (RetriableException e) {
            log.warn("Kafka does not answer, trying again: {}", Faults.story(e));
            retryAt = System.nanoTime() + RETRY_NANOS;
        } catch (KafkaException | IllegalStateException e) {
            commits.recover(e);
            retryAt = System.nanoTime() + RETRY_NANOS;
        }
    }

    /** What has to be read again is read even while too much waits: until then nothing of it can leave. */
    private void brake() {
        boolean on = draining || brake.on(ledger.heavy(), ledger.size(), desk.waitingBytes());
        if (on) {
            Set<TopicPartition> again =
                    ledger.rewound().stream().map(Offsets::theirs).collect(Collectors.toSet());
            Set<TopicPartition> rest = new HashSet<>(consumer.assignment());
            rest.removeAll(again);
            again.retainAll(consumer.paused());
            consumer.resume(again);
            consumer.pause(rest);
        } else if (paused) {
            consumer.resume(consumer.paused());
        }
        paused = on;
    }

    private void note() {
        status = new Status(
                rebalance.joined(),
                !connection.lost(),
                System.nanoTime(),
                ledger.owned().size(),
                ledger.size());
    }
}
