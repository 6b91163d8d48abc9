package dev.glimpse.fault.verifier;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.glimpse.fault.site.HashingCaptioner;
import dev.glimpse.fault.site.NumberedPictures;
import dev.glimpse.picture.PictureDecoder;
import dev.glimpse.wire.CaptionEvent;
import dev.glimpse.wire.Position;
import dev.glimpse.wire.RejectedEvent;
import dev.glimpse.wire.SkipReason;
import dev.glimpse.wire.SkippedEvent;
import dev.glimpse.wire.Topics;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Faults that are planted on purpose: the verifier finds each, and finds nothing where there is none. */
class VerifierTest {
    private static final Topics TOPICS = Topics.withPrefix("t.");
    private static final String OTHER_MODEL = "6".repeat(64);
    private static final int FRAMES = 20;

    private final Verifier verifier = new Verifier(TOPICS, HashingCaptioner.DIGEST, Expectation::ofPicture);
    private final List<ProducerRecord<byte[], byte[]>> outcomes = new ArrayList<>();

    /** Twenty frames of two cameras in one partition, all captioned as they should be. */
    @BeforeEach
    void everyFrameHasItsCaption() throws Exception {
        for (int i = 0; i < FRAMES; i++) {
            verifier.read(frame(i));
            outcomes.add(caption(i, camera(i), i, HashingCaptioner.DIGEST));
        }
    }

    @Test
    void nothingIsFoundWhereNothingIsWrong() {
        Verdict verdict = judged();
        assertThat(verdict.examples()).isEmpty();
        assertThat(verdict.breaches()).isZero();
        assertThat(verdict.frames()).isEqualTo(FRAMES);
        assertThat(verdict.captions()).isEqualTo(FRAMES);
    }

    @Test
    void plantedLossIsCaught() {
        outcomes.remove(7);
        Verdict verdict = judged();
        assertThat(verdict.lost()).isEqualTo(1);
        assertThat(verdict.breaches()).isEqualTo(1);
        assertThat(verdict.examples()).containsExactly("t.frames/0/7 has no outcome");
    }

    @Test
    void plantedDoubleIsCaught() {
        outcomes.add(outcomes.get(19));
        Verdict verdict = judged();
        assertThat(verdict.duplicated()).isEqualTo(1);
        assertThat(verdict.breaches()).isEqualTo(1);
    }

    @Test
    void plantedSwapIsCaught() {
        Collections.swap(outcomes, 4, 6);
        Verdict verdict = judged();
        assertThat(verdict.reordered()).isEqualTo(1);
        assertThat(verdict.breaches()).isEqualTo(1);
    }

    @Test
    void plantedWrongTopicIsCaught() {
        ProducerRecord<byte[], byte[]> stray = outcomes.get(5);
        outcomes.set(
                5, new ProducerRecord<>(TOPICS.skipped(), null, null, stray.key(), stray.value(), stray.headers()));
        Verdict verdict = judged();
        assertThat(verdict.wrongTopic()).isEqualTo(1);
        assertThat(verdict.lost()).isEqualTo(1);
    }

    @Test
    void plantedWrongCameraIsCaught() throws Exception {
        outcomes.set(5, caption(5, camera(6), 5, HashingCaptioner.DIGEST));
        assertThat(judged().wrongCamera()).isEqualTo(1);
    }

    @Test
    void plantedWrongKeyIsCaught() {
        ProducerRecord<byte[], byte[]> stray = outcomes.get(5);
        outcomes.set(
                5,
                new ProducerRecord<>(
                        stray.topic(), null, null, camera(6).getBytes(UTF_8), stray.value(), stray.headers()));
        assertThat(judged().wrongCamera()).isEqualTo(1);
    }

    @Test
    void plantedStaleModelIsCaught() throws Exception {
        outcomes.set(5, caption(5, camera(5), 5, OTHER_MODEL));
        Verdict verdict = judged();
        assertThat(verdict.wrongModel()).isEqualTo(1);
        assertThat(verdict.breaches()).isEqualTo(1);
    }

    @Test
    void captionOfAnotherPictureIsCaught() throws Exception {
        outcomes.set(5, caption(5, camera(5), 7, HashingCaptioner.DIGEST));
        Verdict verdict = judged();
        assertThat(verdict.wrongPicture()).isEqualTo(1);
        assertThat(verdict.breaches()).isEqualTo(1);
    }

    @Test
    void outcomeOfAFrameThatIsNotThereIsCaught() throws Exception {
        outcomes.add(caption(FRAMES + 4, camera(0), 0, HashingCaptioner.DIGEST));
        assertThat(judged().unknown()).isEqualTo(1);
    }

    @Test
    void outcomeOfAnotherTopicsRecordIsCaught() throws Exception {
        outcomes.add(event(new Position("elsewhere", 0, 3), camera(0), 0, HashingCaptioner.DIGEST)
                .toRecord(TOPICS));
        assertThat(judged().wrongTopic()).isEqualTo(1);
    }

    @Test
    void rejectionOfAGoodPictureIsCaught() throws Exception {
        ConsumerRecord<byte[], byte[]> frame = frame(5);
        outcomes.set(
                5,
                RejectedEvent.of(frame, "picture-invalid", "no", Instant.EPOCH, 0, HashingCaptioner.DIGEST)
                        .toRecord(TOPICS, frame));
        Verdict verdict = judged();
        assertThat(verdict.wrongKind()).isEqualTo(1);
        assertThat(verdict.breaches()).isEqualTo(1);
    }

    @Test
    void skipIsAnOutcomeAndARangeOfSkipsIsManyOutcomes() {
        outcomes.subList(10, 20).clear();
        outcomes.add(new SkippedEvent(
                        Optional.empty(),
                        new SkippedEvent.Range(TOPICS.frames(), 0, 10, 19),
                        SkipReason.EXPIRED,
                        Instant.EPOCH,
                        0,
                        HashingCaptioner.DIGEST)
                .toRecord(TOPICS));
        Verdict verdict = judged();
        assertThat(verdict.breaches()).isZero();
        assertThat(verdict.skipped()).isEqualTo(10);
    }

    @Test
    void secondReaderKnowsTheFramesAndNoOutcome() {
        judged();
        assertThat(verifier.again().verdict().lost()).isEqualTo(FRAMES);
    }

    @Test
    void outcomesMayComeBeforeTheirFrames() throws Exception {
        Verifier early = new Verifier(TOPICS, HashingCaptioner.DIGEST, Expectation::ofPicture);
        early.read(read(outcomes.get(0), 0));
        early.read(frame(0));
        assertThat(early.verdict().breaches()).isZero();
    }

    private Verdict judged() {
        for (int i = 0; i < outcomes.size(); i++) {
            verifier.read(read(outcomes.get(i), i));
        }
        return verifier.verdict();
    }

    private static String camera(int number) {
        return "camera-" + number % 2;
    }

    private static ConsumerRecord<byte[], byte[]> frame(int number) {
        return new ConsumerRecord<>(
                TOPICS.frames(), 0, number, camera(number).getBytes(UTF_8), NumberedPictures.of(number));
    }

    private static ProducerRecord<byte[], byte[]> caption(int number, String camera, int picture, String model)
            throws Exception {
        return event(new Position(TOPICS.frames(), 0, number), camera, picture, model)
                .toRecord(TOPICS);
    }

    private static CaptionEvent event(Position input, String camera, int picture, String model) throws Exception {
        return new CaptionEvent(
                camera,
                "frame",
                input,
                Instant.EPOCH,
                Instant.EPOCH,
                Instant.EPOCH,
                HashingCaptioner.caption(PictureDecoder.decode(NumberedPictures.of(picture))),
                .5,
                List.of(),
                List.of(),
                model,
                "hash 1",
                "fp32",
                0);
    }

    private static ConsumerRecord<byte[], byte[]> read(ProducerRecord<byte[], byte[]> sent, int offset) {
        return new ConsumerRecord<>(
                sent.topic(),
                0,
                offset,
                0,
                TimestampType.CREATE_TIME,
                sent.key().length,
                sent.value().length,
                sent.key(),
                sent.value(),
                sent.headers(),
                Optional.empty());
    }
}
