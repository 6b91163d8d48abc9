package dev.glimpse.kafka;

import dev.glimpse.account.Account;
import dev.glimpse.pipeline.Limits;
import dev.glimpse.pipeline.Pipeline;
import dev.glimpse.pipeline.Standing;
import dev.glimpse.pipeline.Stopwatch;
import dev.glimpse.trace.Tracing;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The life of the {@code kafka-io} thread: starts it, watches it, ends it. */
public final class KafkaWorker {
    private static final Logger log = LoggerFactory.getLogger(KafkaWorker.class);
    private static final Duration DRAIN = Duration.ofMillis(2500);
    private static final Duration GOODBYE = Duration.ofSeconds(1);

    private final KafkaSettings settings;
    private final SlotLock lock;
    private final Thread thread = new Thread(this::run, "kafka-io");
    private final KafkaLoop loop;
    private final Outbox outbox;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final StandingQuestions standing;
    private final Consumer<Throwable> onFailure;
    private volatile boolean stopping;

    private KafkaWorker(
            KafkaSettings settings,
            SlotLock lock,
            KafkaConsumer<byte[], byte[]> consumer,
            StandingQuestions standing,
            Outbox outbox,
            KafkaLoop loop,
            Consumer<Throwable> onFailure) {
        this.settings = settings;
        this.lock = lock;
        this.consumer = consumer;
        this.standing = standing;
        this.outbox = outbox;
        this.loop = loop;
        this.onFailure = onFailure;
    }

    /** What runs around the thread. */
    public record Surroundings(
            Pipeline pipeline,
            Limits limits,
            AnswerSettings answers,
            Account account,
            Bulletin bulletin,
            Observer observer,
            Tracing tracing,
            Stopwatch stopwatch,
            InstantSource clock) {}

    /** A slot on this machine and a cluster that is fit to work with. */
    public static final class Place {
        private final KafkaSettings settings;
        private final SlotLock lock;

        private Place(KafkaSettings settings, SlotLock lock) {
            this.settings = settings;
            this.lock = lock;
        }

        public void release() {
            unlock(lock);
        }
    }

    /**
     * Takes the slot and asks the cluster whether everything is there.
     *
     * @throws dev.glimpse.error.UserError when the worker cannot start, with what to do
     */
    public static Place take(KafkaSettings settings) throws InterruptedException {
        SlotLock lock = SlotLock.take(settings.lockDirectory(), settings.group(), settings.worker());
        try {
            new Preflight(settings).check();
            return new Place(settings, lock);
        } catch (RuntimeException | InterruptedException e) {
            unlock(lock);
            throw e;
        }
    }

    /**
     * Starts reading.
     *
     * @param onFailure told on the {@code kafka-io} thread when it cannot go on; nothing more is committed then
     */
    public static KafkaWorker start(Place place, Surroundings around, Consumer<Throwable> onFailure) {
        KafkaSettings settings = place.settings;
        var consumer = new KafkaConsumer<>(
                ClientProperties.consumer(settings), new ByteArrayDeserializer(), new ByteArrayDeserializer());
        Outbox outbox = new Outbox(
                () -> new KafkaProducer<>(
                        ClientProperties.producer(settings), new ByteArraySerializer(), new ByteArraySerializer()),
                settings.delivery());
        StandingQuestions standing = new StandingQuestions(
                new KafkaConsumer<>(
                        ClientProperties.reader(settings), new ByteArrayDeserializer(), new ByteArrayDeserializer()),
                settings.topics().standingQuestions(),
                around.answers().standingPerCamera(),
                around.bulletin());
        Scribe.Now present = new Scribe.Now(around.pipeline()::model, around.pipeline()::level);
        KafkaLoop loop = new KafkaLoop(
                settings,
                consumer,
                outbox,
                standing,
                new KafkaLoop.Around(
                        around.pipeline(),
                        around.limits(),
                        around.account(),
                        around.bulletin(),
                        around.observer(),
                        around.stopwatch(),
                        around.clock()),
                new Scribe(
                        settings.topics(),
                        settings.worker(),
                        present,
                        around.answers(),
                        around.tracing(),
                        around.account(),
                        around.stopwatch(),
                        around.clock()));
        KafkaWorker worker = new KafkaWorker(settings, place.lock, consumer, standing, outbox, loop, onFailure);
        worker.thread.start();
        return worker;
    }

    /** True once the group has assigned its partitions. */
    public boolean joined() {
        return loop.status().joined();
    }

    /** True while there is a connection to a broker. */
    public boolean connected() {
        return loop.status().connected();
    }

    /** Milliseconds since the thread last polled. */
    public long pollGapMillis() {
        return (System.nanoTime() - loop.status().turnNanos()) / 1_000_000;
    }

    public int partitions() {
        return loop.status().partitions();
    }

    /** Records delivered whose outcome is not committed. */
    public int uncommitted() {
        return loop.status().uncommitted();
    }

    /** The standing questions in force. */
    public List<Standing> standing() {
        return standing.all();
    }

    public boolean alive() {
        return thread.isAlive();
    }

    /** Finishes and commits what is under way, then leaves; at most about four seconds. */
    public void stop() throws InterruptedException {
        stopping = true;
        thread.join(DRAIN.plus(GOODBYE).plus(GOODBYE).toMillis());
        if (thread.isAlive()) {
            log.warn(
                    "kafka-io of {} does not end in time; what is not committed will be done again", settings.worker());
        }
        unlock(lock);
    }

    private void run() {
        Optional<Throwable> failure = Optional.empty();
        try {
            loop.subscribe();
            while (!stopping) {
                loop.turn();
            }
            loop.drain(DRAIN);
        } catch (RuntimeException | Error e) {
            failure = Optional.of(e);
        }
        close(() -> consumer.close(CloseOptions.timeout(GOODBYE)));
        close(() -> outbox.close(GOODBYE));
        close(standing::close);
        failure.ifPresent(onFailure);
    }

    private static void close(Runnable closing) {
        try {
            closing.run();
        } catch (RuntimeException e) {
            log.debug("closing failed", e);
        }
    }

    private static void unlock(SlotLock lock) {
        try {
            lock.close();
        } catch (IOException e) {
            log.warn("The slot's lock file cannot be closed: {}", e.toString());
        }
    }
}
