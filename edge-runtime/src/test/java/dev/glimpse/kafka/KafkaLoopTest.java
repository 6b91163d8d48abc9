package dev.glimpse.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.glimpse.account.Account;
import dev.glimpse.error.UserError;
import dev.glimpse.kafka.KafkaSettings.Delivery;
import dev.glimpse.kafka.KafkaSettings.Protocol;
import dev.glimpse.kafka.KafkaSettings.Start;
import dev.glimpse.ladder.Ladder;
import dev.glimpse.ladder.LadderSettings;
import dev.glimpse.ladder.Rations;
import dev.glimpse.picture.Picture;
import dev.glimpse.picture.PictureException;
import dev.glimpse.pipeline.Limits;
import dev.glimpse.pipeline.Outcome;
import dev.glimpse.pipeline.Pipeline;
import dev.glimpse.pipeline.StubCaptioner;
import dev.glimpse.trace.Tracing;
import dev.glimpse.wire.AnswerEvent;
import dev.glimpse.wire.CaptionEvent;
import dev.glimpse.wire.ControlEvent;
import dev.glimpse.wire.RejectedEvent;
import dev.glimpse.wire.SkippedEvent;
import dev.glimpse.wire.Topics;
import dev.glimpse.wire.Traceparent;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.RoundRobinPartitioner;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TransactionAbortableException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class KafkaLoopTest {
    private static final Topics TOPICS = Topics.withPrefix("");
    private static final TopicPartition FRAMES = new TopicPartition("frames", 0);
    private static final TopicPartition MORE_FRAMES = new TopicPartition("frames", 1);
    private static final TopicPartition QUESTIONS = new TopicPartition("questions", 0);
    private static final Limits LIMITS = new Limits(1000, 4, 1, 1024, 4096, 4096, 60_000, 600_000, 16);

    private static final String CONTEXT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    private static final TopicPartition STANDING = new TopicPartition("standing-questions", 0);
    private static final LadderSettings LADDER = new LadderSettings(0, 2, 1000, 100, 1000, 50, 1000);

    private final KafkaSettings settings = new KafkaSettings(
            "nowhere:1",
            "group",
            0,
            Path.of("/tmp"),
            TOPICS,
            Delivery.EXACTLY_ONCE,
            Protocol.CLASSIC,
            Start.EARLIEST,
            64,
            16,
            65_536,
            Map.of());
    private final MockConsumer<byte[], byte[]> questions = new MockConsumer<>("earliest");
    private final TimedConsumer consumer = new TimedConsumer();
    private final List<MockProducer<byte[], byte[]>> producers = new ArrayList<>();
    private final StubCaptioner captioner = new StubCaptioner(true);
    private final Account account = new Account(8, System::nanoTime);
    private final Told told = new Told();
    private final Pipeline pipeline = new Pipeline(
            LIMITS,
            new Ladder(LADDER, System.nanoTime(), (from, to, why) -> {}),
            new Rations(LADDER),
            () -> new Pipeline.Opening(captioner, "fp32"),
            KafkaLoopTest::decode,
            InstantSource.system(),
            (stage, nanos) -> {});
    private final Outbox outbox = new Outbox(this::producer, Delivery.EXACTLY_ONCE);
    private final Bulletin bulletin = new Bulletin(TOPICS, "edge-0", InstantSource.system());
    private final KafkaLoop loop = new KafkaLoop(
            settings,
            consumer,
            outbox,
            new StandingQuestions(questions, "standing-questions", 2, bulletin),
            new KafkaLoop.Around(
                    pipeline, LIMITS, account, bulletin, told, (stage, nanos) -> {}, InstantSource.system()),
            new Scribe(
                    TOPICS,
                    "edge-0",
                    new Scribe.Now(pipeline::model, pipeline::level),
                    new AnswerSettings(.6, 2),
                    Tracing.OFF,
                    account,
                    (stage, nanos) -> {},
                    InstantSource.system()));

    @BeforeEach
    void join() throws InterruptedException {
        pipeline.start();
        questions.updatePartitions(
                "standing-questions",
                List.of(new PartitionInfo("standing-questions", 0, Node.noNode(), new Node[0], new Node[0])));
        questions.updateBeginningOffsets(Map.of(STANDING, 0L));
        questions.updateEndOffsets(Map.of(STANDING, 0L));
        loop.subscribe();
        consumer.updateBeginningOffsets(Map.of(FRAMES, 0L, MORE_FRAMES, 0L, QUESTIONS, 0L));
        consumer.updateEndOffsets(Map.of(FRAMES, 0L, MORE_FRAMES, 0L, QUESTIONS, 0L));
        consumer.rebalance(List.of(FRAMES, QUESTIONS));
    }

    @AfterEach
    void leave() throws InterruptedException {
        captioner.mayLook.release(10_000);
        pipeline.close(Duration.ofSeconds(5));
    }

    @Test
    void firstOffsetIsCommittedBeforeAnythingIsRead() {
        assertThat(consumer.committed(Set.of(FRAMES))).isEqualTo(Map.of(FRAMES, new OffsetAndMetadata(0)));
    }

    @Test
    void outcomesAndOffsetsGoOutInOneTransaction() {
        captioner.mayLook.release(1000);
        frames(0, 1, 2);
        turnUntil(() -> account.total().captions() == 3);

        assertThat(inputs(producers.get(0))).containsExactly(0L, 1L, 2L);
        assertThat(committed(producers.get(0))).isEqualTo(3);
        assertThat(told.captions).hasSize(3);
    }

    @Test
    void onlyTheFinishedPrefixIsCommitted() {
        frames(0);
        record("a", 1, new byte[0]);
        for (int i = 0; i < 30; i++) {
            loop.turn();
        }
        assertThat(producers.get(0).history())
                .as("the rejection waits for the frame before it")
                .isEmpty();
        captioner.mayLook.release(1000);
        turnUntil(() -> account.total().inFlight() == 0);
        assertThat(committed(producers.get(0))).isEqualTo(2);
        assertThat(account.total().rejected()).containsEntry("value-empty", 1L);
    }

    @Test
    void abortedTransactionIsWrittenAgainWithoutLookingAgain() {
        captioner.mayLook.release(1000);
        producers.get(0).sendOffsetsToTransactionException = new TransactionAbortableException("not this time");
        frames(0, 1, 2);
        turnUntil(() -> producers.get(0).transactionAborted());
        producers.get(0).sendOffsetsToTransactionException = null;
        frames(0, 1, 2);
        turnUntil(() -> account.total().captions() == 3);

        assertThat(inputs(producers.get(0))).containsExactly(0L, 1L, 2L);
        assertThat(looked()).as("pictures looked at").isEqualTo(3);
        assertThat(account.total().received()).isEqualTo(3);
        assertThat(account.total().unaccounted()).isZero();
    }

    @Test
    void fencedProducerIsReplaced() {
        captioner.mayLook.release(1000);
        producers.get(0).commitTransactionException = new InvalidProducerEpochException("old");
        frames(0, 1);
        turnUntil(() -> producers.size() == 2);
        frames(0, 1);
        turnUntil(() -> account.total().captions() == 2);

        assertThat(producers.get(0).closed()).isTrue();
        assertThat(inputs(producers.get(1))).containsExactly(0L, 1L);
        assertThat(looked()).isEqualTo(2);
    }

    @Test
    void commitWithoutAnAnswerIsNotWrittenTwiceWhenItWentThrough() {
        captioner.mayLook.release(1000);
        producers.get(0).commitTransactionException = new TimeoutException("no answer");
        frames(0);
        turnUntil(() -> producers.size() == 2);
        consumer.commitSync(Map.of(FRAMES, new OffsetAndMetadata(1)));
        turnUntil(() -> account.total().captions() == 1);

        assertThat(inputs(producers.get(1)))
                .as("the broker says that it went through")
                .isEmpty();
        assertThat(told.captions).hasSize(1);
        assertThat(account.total().unaccounted()).isZero();
    }

    @Test
    void refusedAuthorisationEndsTheService() {
        captioner.mayLook.release(1000);
        producers.get(0).sendException = new TopicAuthorizationException("captions");
        producers.get(0).commitTransactionException = new TopicAuthorizationException("captions");
        frames(0);
        assertThatThrownBy(() -> turnUntil(() -> false))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("captions");
    }

    @Test
    void readingPausesWhileTooMuchWaits() {
        for (int i = 0; i < 20; i++) {
            frames(i);
        }
        turnUntil(() -> !consumer.paused().isEmpty());
        captioner.mayLook.release(1000);
        turnUntil(() -> account.total().captions() == 20);
        turnUntil(() -> consumer.paused().isEmpty());
        assertThat(committed(producers.get(0))).isEqualTo(20);
    }

    @Test
    void skipsThatWaitBehindAFrameDoNotPauseReading() {
        frames(0);
        Headers late = new RecordHeaders().add("ce_expirytime", "2026-01-31T12:00:00Z".getBytes(UTF_8));
        for (int i = 1; i <= 100; i++) {
            add(FRAMES, i, new byte[] {(byte) i}, late);
        }
        turnUntil(() -> loop.status().uncommitted() == 101);
        loop.turn();
        assertThat(consumer.paused()).isEmpty();
        for (int i = 101; i <= 130; i++) {
            add(FRAMES, i, new byte[] {(byte) i}, late);
        }
        turnUntil(() -> consumer.paused().contains(FRAMES));
        captioner.mayLook.release(1000);
        turnUntil(() -> consumer.paused().isEmpty());
        turnUntil(() -> told.skips.size() == 130);
        assertThat(committed(producers.get(0))).isEqualTo(131);
    }

    @Test
    void faultWhileReadingPausesDoesNotHoldWhatMustBeReadAgain() {
        for (int i = 0; i < 20; i++) {
            frames(i);
        }
        turnUntil(() -> consumer.paused().contains(FRAMES));
        producers.get(0).commitTransactionException = new TransactionAbortableException("try again");
        captioner.mayLook.release(1000);
        turnUntil(() -> !consumer.paused().contains(FRAMES));
        producers.get(0).commitTransactionException = null;
        for (int i = 0; i < 20; i++) {
            frames(i); // as the broker does after the seek
        }
        turnUntil(() -> account.total().captions() == 20);
        assertThat(committed(producers.get(0))).isEqualTo(20);
        assertThat(account.total().unaccounted()).isZero();
    }

    @Test
    void lateOutcomesOfARevokedPartitionAreDropped() {
        frames(0, 1, 2);
        turnUntil(() -> account.total().received() == 3);
        consumer.rebalance(List.of(QUESTIONS));
        captioner.mayLook.release(1000);
        turnUntil(() -> account.total().inFlight() == 0);

        assertThat(producers.get(0).history()).isEmpty();
        assertThat(account.total().handedOver()).isEqualTo(3);
        assertThat(account.total().unaccounted()).isZero();
    }

    @Test
    void finishedPrefixIsCommittedBeforeAPartitionGoes() {
        frames(0, 1);
        turnUntil(() -> account.total().received() == 2 && pipeline.waitingFrames() == 0);
        captioner.mayLook.release(1000);
        consumer.rebalance(List.of(QUESTIONS));
        turnUntil(() -> account.total().inFlight() == 0);

        assertThat(account.total().captions()).isEqualTo(2);
        assertThat(committed(producers.get(0))).isEqualTo(2);
    }

    @Test
    void questionGetsExactlyOneAnswer() {
        captioner.mayLook.release(1000);
        frames(0);
        turnUntil(() -> account.total().captions() == 1);
        consumer.addRecord(new ConsumerRecord<>(
                "questions", 0, 0, "a".getBytes(UTF_8), "{\"question\": \"what is it\"}".getBytes(UTF_8)));
        consumer.addRecord(new ConsumerRecord<>("questions", 0, 1, "a".getBytes(UTF_8), "nonsense".getBytes(UTF_8)));
        turnUntil(() -> told.rejections.size() == 1);

        assertThat(told.answers).hasSize(1);
        assertThat(told.rejections.get(0).reason()).isEqualTo("json-invalid");
        assertThat(account.total().received()).as("questions are no frames").isEqualTo(1);
    }

    @Test
    void drainFinishesWhatIsUnderWayAndTakesNothingNew() {
        captioner.mayLook.release(1000);
        frames(0, 1, 2);
        loop.turn();
        loop.drain(Duration.ofSeconds(5));
        assertThat(committed(producers.get(0))).isEqualTo(3);
        assertThat(account.total().inFlight()).isZero();
    }

    @Test
    void yesterdaysFramesAreSkippedUnreadInOneRange() {
        captioner.mayLook.release(1000);
        consumer.next = 900;
        old(10);
        old(11);
        turnUntil(() -> !told.skips.isEmpty());
        consumer.addRecord(now(900));
        turnUntil(() -> account.total().captions() == 1);

        assertThat(told.skips).hasSize(1);
        assertThat(told.skips.get(0).range()).isEqualTo(new SkippedEvent.Range("frames", 0, 10, 899));
        assertThat(told.skips.get(0).camera()).isEmpty();
        assertThat(consumer.position(FRAMES)).isEqualTo(901);
        assertThat(committed(producers.get(0))).isEqualTo(901);
        assertThat(account.passedOver()).isEqualTo(890);
        assertThat(account.total().received()).isEqualTo(1);
        assertThat(account.total().unaccounted()).isZero();
    }

    @Test
    void rangeWhoseTransactionIsAbortedIsWrittenAgainOnce() {
        captioner.mayLook.release(1000);
        consumer.next = 900;
        producers.get(0).sendOffsetsToTransactionException = new TransactionAbortableException("not this time");
        old(10);
        turnUntil(() -> producers.get(0).transactionAborted());
        producers.get(0).sendOffsetsToTransactionException = null;
        old(10);
        turnUntil(() -> !told.skips.isEmpty());

        assertThat(producers.get(0).history()).hasSize(1);
        assertThat(consumer.position(FRAMES)).isEqualTo(900);
        assertThat(committed(producers.get(0))).isEqualTo(900);
    }

    @Test
    void standingQuestionIsAskedFromAKnownFrameOnAndEndsWithItsTombstone() {
        captioner.mayLook.release(1000);
        frames(0);
        turnUntil(() -> account.total().captions() == 1);
        standing(0, "a/door", "{\"question\": \"is the door open\"}");
        turnUntil(() -> questions.position(STANDING) == 1);
        frames(1, 2);
        turnUntil(() -> account.total().captions() == 3);

        assertThat(told.answers).extracting(answer -> answer.input().offset()).containsExactly(1L, 2L);
        AnswerEvent answer = told.answers.get(0);
        assertThat(answer.request()).isEqualTo("a/door");
        assertThat(answer.standing()).hasValue("door");
        assertThat(answer.abstained()).as("confidence .5, wanted .6").hasValue("not-sure");
        assertThat(answer.evidence()).hasSize(1);
        assertThat(news()).containsExactly("standing question a/door is asked from frames/0/1 on");

        standing(1, "a/door", null);
        turnUntil(() -> questions.position(STANDING) == 2);
        frames(3);
        turnUntil(() -> account.total().captions() == 4);
        assertThat(told.answers).hasSize(2);
        turnUntil(() -> news().contains("standing question a/door is asked no more"));
    }

    @Test
    void moreStandingQuestionsThanACameraMayHaveAreNotAsked() {
        captioner.mayLook.release(1000);
        standing(0, "a/one", "{\"question\": \"one\"}");
        standing(1, "a/two", "{\"question\": \"two\"}");
        standing(2, "a/three", "{\"question\": \"three\"}");
        standing(3, "nonsense", "{\"question\": \"whose\"}");
        standing(4, "a/one", "{\"question\": \"one, again\"}");
        turnUntil(() -> questions.position(STANDING) == 5);
        frames(0);
        turnUntil(() -> account.total().captions() == 1);
        assertThat(told.answers).extracting(AnswerEvent::question).containsExactly("one, again", "two");
    }

    @Test
    void traceContextGoesOnUnchangedWithEveryKindOfOutcome() {
        captioner.mayLook.release(1000);
        standing(0, "a/door", "{\"question\": \"is the door open\"}");
        turnUntil(() -> questions.position(STANDING) == 1);
        traced(FRAMES, 0, new byte[] {0});
        traced(FRAMES, 1, new byte[0]);
        consumer.addRecord(new ConsumerRecord<>("frames", 0, 2, "a".getBytes(UTF_8), new byte[] {2}));
        turnUntil(() -> account.total().inFlight() == 0 && account.total().received() == 3);
        traced(QUESTIONS, 0, "{\"question\": \"what is it\"}".getBytes(UTF_8));
        turnUntil(() -> told.answers.size() == 3);
        add(
                FRAMES,
                3,
                new byte[] {3},
                new RecordHeaders()
                        .add("traceparent", CONTEXT.getBytes(UTF_8))
                        .add("ce_expirytime", "2026-01-31T12:00:00Z".getBytes(UTF_8)));
        turnUntil(() -> !told.skips.isEmpty());

        assertThat(producers.get(0).history().stream()
                        .filter(record -> !record.topic().equals("control"))
                        .map(record -> record.topic() + " "
                                + Traceparent.of(record.headers()).isPresent()))
                .containsExactly(
                        "captions true",
                        "answers true",
                        "rejected true",
                        "captions false",
                        "answers false",
                        "answers true",
                        "skipped true");
        assertThat(producers.get(0).history().stream().flatMap(record -> Traceparent.of(record.headers()).stream()))
                .containsOnly(CONTEXT);
    }

    @Test
    void malformedTraceContextIsNeverCopiedOn() {
        captioner.mayLook.release(1000);
        for (String bad : List.of("junk", "00-" + "0".repeat(32) + "-b7ad6b7169203331-01", CONTEXT + "-x")) {
            RecordHeaders headers = new RecordHeaders();
            headers.add("traceparent", bad.getBytes(UTF_8)).add("tracestate", "a=b".getBytes(UTF_8));
            add(FRAMES, account.total().received(), new byte[] {1}, headers);
            long next = account.total().captions() + 1;
            turnUntil(() -> account.total().captions() == next);
        }
        assertThat(producers.get(0).history())
                .hasSize(3)
                .allMatch(record -> record.headers().lastHeader("traceparent") == null
                        && record.headers().lastHeader("tracestate") == null);
    }

    @Test
    void newsGoesOutWithoutFrames() {
        bulletin.post(
                ControlEvent.Kind.LEVEL_CHANGED, Optional.empty(), Optional.empty(), 1, "too much to do: level 1");
        turnUntil(() -> !producers.get(0).history().isEmpty());
        assertThat(producers.get(0).history().get(0).topic()).isEqualTo("control");
        loop.turn();
        assertThat(bulletin.waiting()).isFalse();
    }

    // ---- help

    /** Knows where the frames begin that are not too old. */
    private static final class TimedConsumer extends MockConsumer<byte[], byte[]> {
        long next = -1;

        TimedConsumer() {
            super("earliest");
        }

        @Override
        public synchronized Map<TopicPartition, OffsetAndTimestamp> offsetsForTimes(
                Map<TopicPartition, Long> times, Duration timeout) {
            Map<TopicPartition, OffsetAndTimestamp> found = new HashMap<>();
            times.forEach((partition, time) -> found.put(partition, new OffsetAndTimestamp(next, time)));
            return found;
        }
    }

    private void traced(TopicPartition at, long offset, byte[] value) {
        add(at, offset, value, new RecordHeaders().add("traceparent", CONTEXT.getBytes(UTF_8)));
    }

    private void add(TopicPartition at, long offset, byte[] value, Headers headers) {
        consumer.addRecord(new ConsumerRecord<>(
                at.topic(),
                at.partition(),
                offset,
                System.currentTimeMillis(),
                TimestampType.CREATE_TIME,
                1,
                value.length,
                "a".getBytes(UTF_8),
                value,
                headers,
                Optional.empty()));
    }

    private void standing(long offset, String key, @Nullable String value) {
        questions.addRecord(new ConsumerRecord<>(
                "standing-questions", 0, offset, key.getBytes(UTF_8), value == null ? null : value.getBytes(UTF_8)));
    }

    /** Messages of the control topic. */
    private List<String> news() {
        return producers.get(0).history().stream()
                .filter(record -> record.topic().equals("control"))
                .map(record -> new String(record.value(), UTF_8).replaceAll(".*\"message\":\"([^\"]*)\".*", "$1"))
                .toList();
    }

    private void old(long offset) {
        consumer.addRecord(timed(offset, System.currentTimeMillis() - LIMITS.maxAgeMillis() - 1000));
    }

    private static ConsumerRecord<byte[], byte[]> now(long offset) {
        return timed(offset, System.currentTimeMillis());
    }

    private static ConsumerRecord<byte[], byte[]> timed(long offset, long time) {
        return new ConsumerRecord<>(
                "frames",
                0,
                offset,
                time,
                TimestampType.CREATE_TIME,
                1,
                1,
                "a".getBytes(UTF_8),
                new byte[] {(byte) offset},
                new RecordHeaders(),
                Optional.empty());
    }

    private Producer<byte[], byte[]> producer() {
        var producer = new MockProducer<>(
                true, new RoundRobinPartitioner(), new ByteArraySerializer(), new ByteArraySerializer());
        producers.add(producer);
        return producer;
    }

    private static Picture decode(byte[] encoded) throws PictureException {
        return new Picture(1, 1, new byte[] {encoded[0], 0, 0});
    }

    private void frames(long... offsets) {
        for (long offset : offsets) {
            record("a", offset, new byte[] {(byte) offset});
        }
    }

    private void record(String key, long offset, byte[] value) {
        consumer.addRecord(new ConsumerRecord<>("frames", 0, offset, key.getBytes(UTF_8), value));
    }

    private void turnUntil(BooleanSupplier done) {
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!done.getAsBoolean()) {
            loop.turn();
            assertThat(System.nanoTime()).as("time to be done").isLessThan(end);
        }
    }

    private int looked() {
        return captioner.batches.stream().mapToInt(Integer::intValue).sum();
    }

    private static long committed(MockProducer<byte[], byte[]> producer) {
        var history = producer.consumerGroupOffsetsHistory();
        var offsets = history.get(history.size() - 1).values().iterator().next();
        return Objects.requireNonNull(offsets.get(FRAMES)).offset();
    }

    /** Offsets of the frames that the committed captions are about. */
    private static List<Long> inputs(MockProducer<byte[], byte[]> producer) {
        return producer.history().stream()
                .map(record -> new String(record.headers().lastHeader("ce_id").value(), UTF_8).split("/")[2])
                .map(Long::valueOf)
                .toList();
    }

    private static final class Told implements Observer {
        final List<CaptionEvent> captions = new ArrayList<>();
        final List<SkippedEvent> skips = new ArrayList<>();
        final List<RejectedEvent> rejections = new ArrayList<>();
        final List<AnswerEvent> answers = new ArrayList<>();

        @Override
        public void captioned(CaptionEvent event, Outcome.Captioned outcome, byte[] encoded) {
            captions.add(event);
        }

        @Override
        public void skipped(SkippedEvent event) {
            skips.add(event);
        }

        @Override
        public void rejected(RejectedEvent event) {
            rejections.add(event);
        }

        @Override
        public void answered(AnswerEvent event) {
            answers.add(event);
        }
    }
}
