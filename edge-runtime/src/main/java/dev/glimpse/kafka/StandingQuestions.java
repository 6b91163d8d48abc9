package dev.glimpse.kafka;

import dev.glimpse.error.UserError;
import dev.glimpse.pipeline.Standing;
import dev.glimpse.wire.ControlEvent;
import dev.glimpse.wire.StandingQuestion;
import dev.glimpse.wire.WireException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The compacted topic of standing questions in, the questions of a camera out. It is read to its end before the first frame
 * is taken; after that a change is in force from the next frame that is taken. Used by the {@code kafka-io} thread only,
 * but for {@link #all}.
 */
final class StandingQuestions implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(StandingQuestions.class);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration GOODBYE = Duration.ofMillis(200);
    private static final long REFRESH_NANOS = 100_000_000;
    private static final int TRIES = 3;
    private static final int CAMERAS = 4096;

    private final Consumer<byte[], byte[]> consumer;
    private final String topic;
    private final int perCamera;
    private final Bulletin bulletin;
    private final Map<String, Map<String, Entry>> cameras = new LinkedHashMap<>();
    private long refreshedAt;
    private boolean loaded;
    private volatile List<Standing> all = List.of();

    /**
     * Takes the consumer over, which belongs to no group.
     *
     * @param perCamera questions that a camera may have
     */
    StandingQuestions(Consumer<byte[], byte[]> consumer, String topic, int perCamera, Bulletin bulletin) {
        this.consumer = consumer;
        this.topic = topic;
        this.perCamera = perCamera;
        this.bulletin = bulletin;
    }

    private static final class Entry {
        final StandingQuestion question;
        boolean announced;

        Entry(StandingQuestion question) {
            this.question = question;
        }

        Standing standing(boolean first) {
            return new Standing(
                    question.key().camera(), question.key().id(), question.question(), question.asked(), first);
        }
    }

    /**
     * Reads the topic from its beginning to its present end.
     *
     * @throws UserError when that does not succeed
     */
    void load() {
        for (int i = 1; !loaded; i++) {
            try {
                readToTheEnd();
            } catch (RetriableException e) {
                if (i == TRIES) {
                    throw new UserError("topic " + topic + " cannot be read: " + Faults.story(e), e);
                }
            } catch (KafkaException e) {
                throw new UserError("topic " + topic + " cannot be read: " + Faults.story(e), e);
            }
        }
        log.info("{} standing questions", all.size());
    }

    private void readToTheEnd() {
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        Map<TopicPartition, Long> end = consumer.endOffsets(partitions);
        while (end.entrySet().stream().anyMatch(each -> consumer.position(each.getKey()) < each.getValue())) {
            consumer.poll(POLL).forEach(this::take);
        }
        loaded = true;
    }

    /** Takes in what has changed; asks ten times a second at most. */
    void refresh() {
        long now = System.nanoTime();
        if (now - refreshedAt < REFRESH_NANOS) {
            return;
        }
        refreshedAt = now;
        try {
            consumer.poll(Duration.ZERO).forEach(this::take);
        } catch (RetriableException e) {
            log.debug("standing questions cannot be read now", e);
        } catch (KafkaException e) {
            throw new UserError("topic " + topic + " cannot be read: " + Faults.story(e), e);
        }
    }

    private void take(ConsumerRecord<byte[], byte[]> record) {
        try {
            StandingQuestion.Key key = StandingQuestion.key(record);
            Optional<StandingQuestion> question = StandingQuestion.fromRecord(record);
            if (question.isPresent()) {
                put(key, question.get());
            } else {
                remove(key);
            }
            all = cameras.values().stream()
                    .flatMap(questions -> questions.values().stream())
                    .map(entry -> entry.standing(false))
                    .toList();
        } catch (WireException e) {
            log.warn("{}: no standing question: {}", Intake.position(record), e.getMessage());
        }
    }

    private void put(StandingQuestion.Key key, StandingQuestion question) {
        Map<String, Entry> questions = cameras.getOrDefault(key.camera(), Map.of());
        boolean known = questions.containsKey(key.id());
        if (!known && (questions.size() >= perCamera || (questions.isEmpty() && cameras.size() >= CAMERAS))) {
            log.warn("Standing question {} is not asked: {} has {} already", key, key.camera(), questions.size());
            return;
        }
        cameras.computeIfAbsent(key.camera(), camera -> new LinkedHashMap<>()).put(key.id(), new Entry(question));
    }

    private void remove(StandingQuestion.Key key) {
        Map<String, Entry> questions = cameras.get(key.camera());
        if (questions == null || questions.remove(key.id()) == null) {
            return;
        }
        if (questions.isEmpty()) {
            cameras.remove(key.camera());
        }
        if (loaded) {
            bulletin.post(
                    ControlEvent.Kind.QUESTION_ENDED,
                    Optional.empty(),
                    Optional.empty(),
                    0,
                    "standing question " + key + " is asked no more");
        }
    }

    /** The questions to ask of the next frame of a camera. */
    List<Standing> of(String camera) {
        Map<String, Entry> questions = cameras.get(camera);
        if (questions == null) {
            return List.of();
        }
        List<Standing> asked = new ArrayList<>();
        for (Entry entry : questions.values()) {
            asked.add(entry.standing(!entry.announced));
            entry.announced = true;
        }
        return asked;
    }

    /** Partitions have come: where the questions are in force is announced anew. */
    void announceAgain() {
        cameras.values().forEach(questions -> questions.values().forEach(entry -> entry.announced = false));
    }

    /** All of them. Any thread. */
    List<Standing> all() {
        return all;
    }

    @Override
    public void close() {
        consumer.close(CloseOptions.timeout(GOODBYE));
    }
}
