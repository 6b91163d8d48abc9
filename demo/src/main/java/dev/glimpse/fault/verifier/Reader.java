package dev.glimpse.fault.verifier;

import dev.glimpse.client.KafkaClients;
import dev.glimpse.wire.Topics;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads frames and committed outcomes while a run goes on, on a thread of its own; and once more afterwards, from the
 * beginning, with a client that has seen nothing.
 */
public final class Reader implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(20);
    private static final int GLANCE_MILLIS = 20;

    private final String bootstrap;
    private final Topics topics;
    private final Verifier verifier;
    private final Arrivals arrivals = new Arrivals();
    private final Thread thread = new Thread(this::run, "verifier");
    private volatile Optional<Throwable> failure = Optional.empty();
    private volatile boolean closing;

    public Reader(String bootstrap, Topics topics, Verifier verifier) {
        this.bootstrap = bootstrap;
        this.topics = topics;
        this.verifier = verifier;
        thread.setDaemon(true);
        thread.start();
    }

    public Verifier verifier() {
        return verifier;
    }

    /** When the first outcome of each partition after a moment was seen. */
    public Arrivals arrivals() {
        return arrivals;
    }

    /** Waits until so many frames were seen and all have an outcome; false when the time is over before. */
    public boolean awaitSettled(long frames, Duration patience) throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        while (verifier.frames() < frames || verifier.settled() < frames) {
            if (failure.isPresent()) {
                throw new IllegalStateException("the verifier's reader failed", failure.get());
            }
            if (System.nanoTime() > end) {
                return false;
            }
            Thread.sleep(GLANCE_MILLIS);
        }
        return true;
    }

    /**
     * Reads all outcomes again from the beginning to the very end, which no transaction that was left open may hide.
     *
     * @return what this second reader makes of it, or nothing when it did not get to the end in time
     */
    public Optional<Verdict> again(Duration patience) {
        Verifier other = verifier.again();
        long end = System.nanoTime() + patience.toNanos();
        List<String> names = List.of(topics.captions(), topics.skipped(), topics.rejected());
        try (Consumer<byte[], byte[]> consumer = new KafkaClients(bootstrap).consumerAtStart(names)) {
            Map<TopicPartition, Long> ends = ends(consumer);
            while (ends.entrySet().stream().anyMatch(each -> consumer.position(each.getKey()) < each.getValue())) {
                consumer.poll(POLL).forEach(other::read);
                if (System.nanoTime() > end) {
                    return Optional.empty();
                }
            }
        }
        return Optional.of(other.verdict());
    }

    @Override
    public void close() throws InterruptedException {
        closing = true;
        thread.join();
    }

    /** The ends of the logs, open transactions included. */
    private Map<TopicPartition, Long> ends(Consumer<byte[], byte[]> reader) {
        try (var consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrap, "isolation.level", "read_uncommitted"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            return consumer.endOffsets(reader.assignment());
        }
    }

    private void run() {
        List<String> names = List.of(topics.frames(), topics.captions(), topics.skipped(), topics.rejected());
        try (Consumer<byte[], byte[]> consumer = new KafkaClients(bootstrap).consumerAtStart(names)) {
            while (!closing) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    verifier.read(record);
                    arrivals.note(record, topics);
                }
            }
        } catch (RuntimeException e) {
            failure = Optional.of(e);
        }
    }

    /** The moments at which partitions of the frames topic got their first outcome that was made after a mark. */
    public static final class Arrivals {
        private final Map<Integer, Long> seen = new HashMap<>();
        private long mark = Long.MAX_VALUE;
        private long markNanos;

        private Arrivals() {}

        /** From now on: outcomes written after this moment. */
        public synchronized void mark() {
            seen.clear();
            mark = System.currentTimeMillis();
            markNanos = System.nanoTime();
        }

        /** Milliseconds from the mark until each partition's first outcome was seen. */
        public synchronized Map<Integer, Double> millis() {
            Map<Integer, Double> millis = new HashMap<>();
            seen.forEach((partition, at) -> millis.put(partition, (at - markNanos) / 1e6));
            return millis;
        }

        /** An outcome's own partition will do: cameras keep to theirs in every topic. */
        private synchronized void note(ConsumerRecord<byte[], byte[]> record, Topics topics) {
            if (!record.topic().equals(topics.frames()) && record.timestamp() > mark) {
                seen.putIfAbsent(record.partition(), System.nanoTime());
            }
        }
    }
}
