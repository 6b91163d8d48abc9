package dev.glimpse.replay;

import dev.glimpse.captioner.Captioner;
import dev.glimpse.captioner.Sight;
import dev.glimpse.client.KafkaClients;
import dev.glimpse.picture.Picture;
import dev.glimpse.picture.PictureDecoder;
import dev.glimpse.picture.PictureException;
import dev.glimpse.replay.Change.Kind;
import dev.glimpse.replay.Change.Said;
import dev.glimpse.wire.FrameRecord;
import dev.glimpse.wire.Topics;
import dev.glimpse.wire.WireException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;

/** Reads the frames of a past stretch of time again, has a captioner look at them, and holds that against what was said then. */
final class Replay {
    private static final Duration POLL = Duration.ofMillis(200);
    private static final int MOST_FRAME_BYTES = 8 * 1024 * 1024;

    private final KafkaClients clients;
    private final Topics topics;
    private final Captioner captioner;
    private final Stretch stretch;
    private final PastOutcomes past;
    private final java.util.function.Consumer<Change> onChange;
    private final List<FrameRecord> waiting = new ArrayList<>();
    private final List<Picture> pictures = new ArrayList<>();
    private final List<Change> changes = new ArrayList<>();

    /** @param onChange told of each frame as it is done */
    Replay(
            KafkaClients clients,
            Topics topics,
            Captioner captioner,
            Stretch stretch,
            PastOutcomes past,
            java.util.function.Consumer<Change> onChange) {
        this.clients = clients;
        this.topics = topics;
        this.captioner = captioner;
        this.stretch = stretch;
        this.past = past;
        this.onChange = onChange;
    }

    /**
     * Which frames.
     *
     * @param from first moment, by the records' time
     * @param to first moment that is too late
     * @param camera whose; empty: everybody's
     * @param limit frames at most
     * @param batch pictures looked at together
     */
    record Stretch(Instant from, Instant to, Optional<String> camera, int limit, int batch) {}

    /** The changes, partition by partition as they are read. */
    List<Change> run() {
        try (Consumer<byte[], byte[]> consumer = clients.consumerFrom(List.of(topics.frames()), stretch.from())) {
            Map<TopicPartition, Long> end = end(consumer);
            while (changes.size() + waiting.size() < stretch.limit() && behind(consumer, end)) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    Long last = end.get(new TopicPartition(record.topic(), record.partition()));
                    if (last != null && record.offset() < last && changes.size() + waiting.size() < stretch.limit()) {
                        take(record);
                    }
                }
            }
            look();
        }
        return changes;
    }

    private static boolean behind(Consumer<byte[], byte[]> consumer, Map<TopicPartition, Long> end) {
        return end.entrySet().stream().anyMatch(each -> consumer.position(each.getKey()) < each.getValue());
    }

    private Map<TopicPartition, Long> end(Consumer<byte[], byte[]> consumer) {
        Map<TopicPartition, Long> end = new HashMap<>(consumer.endOffsets(consumer.assignment()));
        Map<TopicPartition, Long> times = new HashMap<>();
        consumer.assignment()
                .forEach(partition -> times.put(partition, stretch.to().toEpochMilli()));
        Map<TopicPartition, OffsetAndTimestamp> found = consumer.offsetsForTimes(times);
        found.forEach((partition, offset) -> {
            if (offset != null) {
                end.put(partition, offset.offset());
            }
        });
        return end;
    }

    private void take(ConsumerRecord<byte[], byte[]> record) {
        FrameRecord frame;
        try {
            frame = FrameRecord.fromRecord(record, Instant.now(), MOST_FRAME_BYTES);
        } catch (WireException e) {
            return; // rejected then and now, by rules that no bundle changes
        }
        if (stretch.camera().isPresent()
                && !stretch.camera().get().equals(frame.frame().camera())) {
            return;
        }
        try {
            pictures.add(PictureDecoder.decode(frame.frame().picture()));
            waiting.add(frame);
        } catch (PictureException e) {
            enter(frame, new Said(Kind.REJECTED, "picture-invalid", 0));
        }
        if (waiting.size() == stretch.batch()) {
            look();
        }
    }

    private void look() {
        if (waiting.isEmpty()) {
            return;
        }
        List<Sight> sights = captioner.look(List.copyOf(pictures));
        for (int i = 0; i < sights.size(); i++) {
            var caption = sights.get(i).caption();
            enter(waiting.get(i), new Said(Kind.CAPTION, caption.text(), caption.confidence()));
        }
        waiting.clear();
        pictures.clear();
    }

    private void enter(FrameRecord frame, Said now) {
        Change change = new Change(
                frame.position(), frame.frame().camera(), frame.frame().captured(), past.of(frame.position()), now);
        changes.add(change);
        onChange.accept(change);
    }
}
