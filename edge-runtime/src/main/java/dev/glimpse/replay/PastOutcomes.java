package dev.glimpse.replay;

import dev.glimpse.client.KafkaClients;
import dev.glimpse.replay.Change.Kind;
import dev.glimpse.replay.Change.Said;
import dev.glimpse.wire.CaptionEvent;
import dev.glimpse.wire.Position;
import dev.glimpse.wire.RejectedEvent;
import dev.glimpse.wire.SkippedEvent;
import dev.glimpse.wire.Topics;
import dev.glimpse.wire.WireException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** What committed outcomes said of a stretch of past frames. */
final class PastOutcomes {
    private static final Duration POLL = Duration.ofMillis(200);

    private final Topics topics;
    private final Map<Position, Said> said = new HashMap<>();
    private final List<SkippedEvent> ranges = new ArrayList<>();
    private final Set<String> models = new TreeSet<>();

    private PastOutcomes(Topics topics) {
        this.topics = topics;
    }

    /** Reads every outcome that was written from that moment on. */
    static PastOutcomes read(KafkaClients clients, Topics topics, Instant from) throws WireException {
        PastOutcomes past = new PastOutcomes(topics);
        List<String> names = List.of(topics.captions(), topics.skipped(), topics.rejected());
        try (Consumer<byte[], byte[]> consumer = clients.consumerFrom(names, from)) {
            Map<TopicPartition, Long> end = consumer.endOffsets(consumer.assignment());
            while (end.entrySet().stream().anyMatch(each -> consumer.position(each.getKey()) < each.getValue())) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    past.take(record);
                }
            }
        }
        return past;
    }

    private void take(ConsumerRecord<byte[], byte[]> record) throws WireException {
        if (record.topic().equals(topics.captions())) {
            CaptionEvent event = CaptionEvent.fromRecord(record);
            models.add(event.model());
            said.put(event.input(), new Said(Kind.CAPTION, event.caption(), event.confidence()));
        } else if (record.topic().equals(topics.skipped())) {
            ranges.add(SkippedEvent.fromRecord(record));
        } else {
            RejectedEvent event = RejectedEvent.fromRecord(record);
            said.put(event.input(), new Said(Kind.REJECTED, event.reason(), 0));
        }
    }

    /** What became of the frame that stands there. */
    Said of(Position at) {
        Said found = said.get(at);
        if (found != null) {
            return found;
        }
        return ranges.stream()
                .filter(event -> event.range().topic().equals(at.topic())
                        && event.range().partition() == at.partition()
                        && event.range().first() <= at.offset()
                        && event.range().last() >= at.offset())
                .findFirst()
                .map(event -> new Said(Kind.SKIPPED, event.reason().name().toLowerCase(Locale.ROOT), 0))
                .orElse(Said.nothing());
    }

    /** Digests of the bundles that captioned. */
    Set<String> models() {
        return models;
    }
}
