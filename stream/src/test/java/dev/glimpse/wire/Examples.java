package dev.glimpse.wire;

import dev.glimpse.box.Box;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;

/** One full event of each kind, and the way from a sent record to a polled one. */
final class Examples {
    static final Topics TOPICS = Topics.withPrefix("test.");
    static final Instant NOON = Instant.parse("2026-01-31T12:00:00.250Z");
    static final String MODEL = "ab".repeat(32);
    static final Region REGION = new Region(new Box(1, 2.5f, 30, 40), "dog", List.of("brown", "small"), 0.75f);

    private Examples() {}

    static CaptionEvent caption() {
        return new CaptionEvent(
                "gate",
                "gate/17",
                new Position(TOPICS.frames(), 0, 17),
                NOON,
                NOON.plusMillis(5),
                NOON.plusMillis(40),
                "a dog",
                0.5,
                List.of(new Word("a", 0.9, List.of(0.1f)), new Word("dog", 0.8, List.of(0.7f))),
                List.of(REGION),
                MODEL,
                "onnxruntime 1.29.0",
                "fp32",
                0);
    }

    static SkippedEvent skipped() {
        return new SkippedEvent(
                Optional.of("gate"),
                new SkippedEvent.Range(TOPICS.frames(), 0, 18, 20),
                SkipReason.SUPERSEDED,
                NOON,
                1,
                MODEL);
    }

    static QuestionEvent question() {
        return new QuestionEvent(
                "r-1", Optional.of("gate"), Optional.empty(), "what is it?", NOON, Optional.of(NOON.plusSeconds(5)));
    }

    static AnswerEvent answer() {
        return new AnswerEvent(
                "r-1",
                Optional.of("gate"),
                Optional.of("gate/17"),
                new Position(TOPICS.questions(), 0, 3),
                "what is it?",
                Optional.of("dog"),
                0.6,
                List.of(new AnswerEvent.Candidate("dog", 0.6), new AnswerEvent.Candidate("cat", 0.2)),
                Optional.of("not-sure"),
                List.of(new AnswerEvent.Evidence(REGION.box(), "dog", 0.75f, 0.4f)),
                NOON,
                NOON.plusMillis(9),
                Optional.of("door"),
                1,
                MODEL,
                "onnxruntime 1.29.0",
                "fp32");
    }

    static ControlEvent control() {
        return new ControlEvent(
                "edge-0",
                ControlEvent.Kind.BUNDLE_LOADED,
                Optional.of(MODEL),
                Optional.of("tiny"),
                0,
                "bundle loaded",
                NOON);
    }

    /** A frames record as polled at offset 17, with no headers and no time. */
    static ConsumerRecord<byte[], byte[]> input(byte @Nullable [] key, byte @Nullable [] value) {
        return new ConsumerRecord<>(TOPICS.frames(), 0, 17, key, value);
    }

    /** The record as a consumer would get it. */
    static ConsumerRecord<byte[], byte[]> polled(ProducerRecord<byte[], byte[]> sent) {
        return new ConsumerRecord<>(
                sent.topic(),
                0,
                5,
                NOON.toEpochMilli(),
                TimestampType.CREATE_TIME,
                -1,
                -1,
                sent.key(),
                sent.value(),
                new RecordHeaders(sent.headers()),
                Optional.empty());
    }
}
