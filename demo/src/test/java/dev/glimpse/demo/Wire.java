package dev.glimpse.demo;

import dev.glimpse.picture.Picture;
import dev.glimpse.picture.PictureEncoder;
import dev.glimpse.wire.CaptionEvent;
import dev.glimpse.wire.Position;
import dev.glimpse.wire.RejectedEvent;
import dev.glimpse.wire.SkippedEvent;
import dev.glimpse.wire.Traceparent;
import dev.glimpse.wire.WireException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The other side of the broker: sends frames and reads every outcome as a committed reader sees it. */
final class Wire implements AutoCloseable {
    private final KafkaProducer<byte[], byte[]> producer;
    private final KafkaConsumer<byte[], byte[]> reader;
    /** All outcomes by the position of their frame, in the order in which they were read; more than one is a fault. */
    final Map<Position, List<String>> outcomes = new HashMap<>();
    /** Offsets of each camera's captions in the order of the captions topic. */
    final Map<String, List<Long>> captioned = new HashMap<>();
    /** Captions by the position of their frame. */
    final Map<Position, CaptionEvent> captions = new HashMap<>();
    /** Trace contexts of captions by the position of their frame. */
    final Map<Position, String> contexts = new HashMap<>();

    Wire(String bootstrap, int partitions) {
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrap, "acks", "all", "max.request.size", 4 * 1024 * 1024),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        reader = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrap, "isolation.level", "read_committed"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        List<TopicPartition> all = new ArrayList<>();
        for (String topic : List.of(Worker.TOPICS.captions(), Worker.TOPICS.skipped(), Worker.TOPICS.rejected())) {
            for (int i = 0; i < partitions; i++) {
                all.add(new TopicPartition(topic, i));
            }
        }
        reader.assign(all);
        reader.seekToBeginning(all);
    }

    /** A small JPEG that looks different for every number. */
    static byte[] jpeg(int number) {
        byte[] rgb = new byte[32 * 32 * 3];
        new Random(number).nextBytes(rgb);
        return PictureEncoder.jpeg(new Picture(32, 32, rgb), 80);
    }

    Position send(String key, byte[] value) throws Exception {
        return send(new ProducerRecord<>(
                Worker.TOPICS.frames(), key.getBytes(java.nio.charset.StandardCharsets.UTF_8), value));
    }

    Position send(ProducerRecord<byte[], byte[]> record) throws Exception {
        var at = producer.send(record).get();
        return new Position(at.topic(), at.partition(), at.offset());
    }

    /** Reads outcomes until there are so many, or the time is over; then a little longer, for what should not come. */
    void awaitOutcomes(int count, Duration timeout) throws Exception {
        long end = System.nanoTime() + timeout.toNanos();
        while (outcomes.size() < count && System.nanoTime() < end) {
            read(Duration.ofMillis(100));
        }
        for (int i = 0; i < 5; i++) {
            read(Duration.ofMillis(100));
        }
    }

    void read(Duration time) throws WireException {
        for (ConsumerRecord<byte[], byte[]> record : reader.poll(time)) {
            if (record.topic().equals(Worker.TOPICS.captions())) {
                CaptionEvent event = CaptionEvent.fromRecord(record);
                note(event.input(), "caption");
                captions.put(event.input(), event);
                Traceparent.of(record.headers()).ifPresent(context -> contexts.put(event.input(), context));
                captioned
                        .computeIfAbsent(event.camera(), camera -> new ArrayList<>())
                        .add(event.input().offset());
            } else if (record.topic().equals(Worker.TOPICS.skipped())) {
                SkippedEvent event = SkippedEvent.fromRecord(record);
                for (long offset = event.range().first();
                        offset <= event.range().last();
                        offset++) {
                    note(
                            new Position(event.range().topic(), event.range().partition(), offset),
                            event.reason().name());
                }
            } else {
                RejectedEvent event = RejectedEvent.fromRecord(record);
                note(event.input(), event.reason());
            }
        }
    }

    /** Captions so far, of all frames. */
    int captionsInAll() {
        return captioned.values().stream().mapToInt(List::size).sum();
    }

    /** Positions with another number of outcomes than one. */
    List<Position> notExactlyOnce(List<Position> sent) {
        return sent.stream()
                .filter(position ->
                        outcomes.getOrDefault(position, Collections.emptyList()).size() != 1)
                .toList();
    }

    /** The only outcome of a frame. */
    String outcome(Position position) {
        return String.join(", ", outcomes.getOrDefault(position, List.of("none")));
    }

    private void note(Position position, String outcome) {
        outcomes.computeIfAbsent(position, key -> new ArrayList<>()).add(outcome);
    }

    @Override
    public void close() {
        producer.close();
        reader.close();
    }
}
