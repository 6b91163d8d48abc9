package dev.glimpse.pipeline;

import static dev.glimpse.pipeline.Frames.frame;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.glimpse.error.UserError;
import dev.glimpse.picture.Picture;
import dev.glimpse.picture.PictureException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class PipelineTest {
    private Instant now = Frames.NOW;
    private StubCaptioner captioner = new StubCaptioner(false);
    private Pipeline pipeline = pipeline(Frames.limits(4, 8));
    private final List<Finished> finished = new ArrayList<>();

    private Pipeline pipeline(Limits limits) {
        return new Pipeline(
                limits, () -> captioner, PipelineTest::decode, InstantSource.system(), (stage, nanos) -> {});
    }

    private Pipeline heldPipeline(Limits limits) {
        captioner = new StubCaptioner(true);
        return new Pipeline(limits, () -> captioner, PipelineTest::decode, () -> now, (stage, nanos) -> {});
    }

    /** A picture of one pixel whose first value is the encoded picture's first byte; 13 cannot be decoded. */
    private static Picture decode(byte[] encoded) throws PictureException {
        if (encoded[0] == 13) {
            throw new PictureException(PictureException.Reason.DAMAGED, "cut off");
        }
        return new Picture(1, 1, new byte[] {encoded[0], 0, 0});
    }

    @AfterEach
    void close() throws InterruptedException {
        captioner.mayLook.release(10_000);
        pipeline.close(Duration.ofSeconds(5));
    }

    @Test
    void everyFrameOfAQuietStreamIsCaptioned() throws InterruptedException {
        now = Instant.now();
        pipeline = new Pipeline(
                Frames.limits(4, 8), () -> captioner, PipelineTest::decode, () -> now, (stage, nanos) -> {});
        pipeline.start();
        for (int i = 20; i < 50; i++) {
            pipeline.submit(frame("a", i, 8, now.plusSeconds(5)));
            await(i - 19);
        }
        assertThat(count()).isEqualTo(Map.of("Captioned", 30));
    }

    @Test
    void captionBelongsToItsOwnFrame() throws InterruptedException {
        pipeline = heldPipeline(Frames.limits(50, 8));
        pipeline.start();
        for (int i = 20; i < 60; i++) {
            pipeline.submit(frame("camera" + i % 3, i, 8));
        }
        captioner.mayLook.release(1000);
        await(40);
        for (Finished each : finished) {
            Outcome.Captioned captioned = (Outcome.Captioned) each.outcome();
            Picture seen = new Picture(1, 1, new byte[] {each.frame().encoded()[0], 0, 0});
            assertThat(captioned.sight().caption().text()).isEqualTo(StubCaptioner.caption(seen));
        }
    }

    @Test
    void overloadEndsEveryFrameInExactlyOneOutcome() throws InterruptedException {
        pipeline = heldPipeline(Frames.limits(2, 4));
        pipeline.start();
        for (int i = 20; i < 60; i++) {
            pipeline.submit(frame("a", i, 8));
            pipeline.submit(frame("b", 60 + i, 8));
        }
        captioner.mayLook.release(1000);
        await(80);
        assertThat(new HashSet<>(
                        finished.stream().map(f -> f.frame().position()).toList()))
                .hasSize(80);
        assertThat(count()).containsKeys("Captioned", "SUPERSEDED");
        assertThat(captioner.batches).allMatch(size -> size <= 4);
    }

    @Test
    void batchesGrowWhileTheEngineIsBusy() throws InterruptedException {
        pipeline = heldPipeline(Frames.limits(8, 8));
        pipeline.start();
        for (int i = 20; i < 28; i++) {
            pipeline.submit(frame("a", i, 8));
        }
        Thread.sleep(100);
        captioner.mayLook.release(1000);
        await(8);
        assertThat(captioner.batches.size())
                .as("a first small batch, then the rest")
                .isLessThan(5);
    }

    @Test
    void frameThatExpiresInItsMailboxIsSkippedUnseen() throws InterruptedException {
        pipeline = heldPipeline(Frames.limits(8, 1));
        pipeline.start();
        for (int i = 20; i < 26; i++) {
            pipeline.submit(frame("a", i, 8));
        }
        Thread.sleep(50);
        now = now.plusSeconds(3);
        pipeline.submit(frame("a", 99, 8));
        captioner.mayLook.release(1000);
        await(7);
        assertThat(count().get("EXPIRED")).isGreaterThanOrEqualTo(5);
    }

    @Test
    void pictureThatCannotBeDecodedIsRejectedAlone() throws InterruptedException {
        pipeline = heldPipeline(Frames.limits(8, 8));
        pipeline.start();
        pipeline.submit(frame("a", 12, 8));
        pipeline.submit(frame("a", 13, 8));
        pipeline.submit(frame("a", 14, 8));
        captioner.mayLook.release(1000);
        await(3);
        assertThat(count()).containsEntry("Captioned", 2).containsEntry("PICTURE_INVALID", 1);
    }

    @Test
    void pictureThatBreaksTheNetworkDoesNotTakeItsNeighboursWithIt() throws InterruptedException {
        pipeline = heldPipeline(Frames.limits(8, 8));
        pipeline.start();
        for (int i = 64; i < 70; i++) {
            pipeline.submit(frame("a", i, 8));
        }
        captioner.mayLook.release(1000);
        await(6);
        assertThat(count()).containsEntry("Captioned", 5).containsEntry("ENGINE_FAILED", 1);
    }

    @Test
    void withdrawnFramesComeOutAsSuch() throws InterruptedException {
        pipeline = heldPipeline(Frames.limits(8, 1));
        pipeline.start();
        for (int i = 20; i < 26; i++) {
            pipeline.submit(frame("a", i, 8));
        }
        pipeline.withdraw(frame -> frame.position().offset() >= 24);
        captioner.mayLook.release(1000);
        await(6);
        assertThat(count()).containsEntry("Withdrawn", 2).containsEntry("Captioned", 4);
    }

    @Test
    void closeFinishesWhatIsUnderWayAndClosesTheModelOnItsThread() throws InterruptedException {
        pipeline = heldPipeline(Frames.limits(8, 2));
        pipeline.start();
        for (int i = 20; i < 26; i++) {
            pipeline.submit(frame("a", i, 8));
        }
        captioner.mayLook.release(1000);
        assertThat(pipeline.close(Duration.ofSeconds(5))).isTrue();
        await(6);
        assertThat(captioner.closed).isTrue();
        assertThat(new HashSet<>(captioner.threads)).hasSize(1);
    }

    @Test
    void modelThatCannotBeOpenedSaysWhy() {
        pipeline = new Pipeline(
                Frames.limits(2, 2),
                () -> {
                    throw new UserError("no bundle here");
                },
                PipelineTest::decode,
                InstantSource.system(),
                (stage, nanos) -> {});
        assertThatThrownBy(pipeline::start).isInstanceOf(UserError.class).hasMessage("no bundle here");
    }

    @Test
    void questionIsAnsweredAboutTheLatestSight() throws Exception {
        pipeline = heldPipeline(Frames.limits(8, 2));
        captioner.mayLook.release(1000);
        pipeline.start();
        pipeline.submit(frame("a", 20, 8));
        pipeline.submit(frame("a", 21, 8));
        await(2);
        Reply reply = ask(Optional.of("a"), Optional.empty()).get();
        assertThat(((Reply.Answered) reply).seen().frame()).isEqualTo("a/21");
        Reply earlier = ask(Optional.of("a"), Optional.of("a/20")).get();
        assertThat(((Reply.Answered) earlier).seen().frame()).isEqualTo("a/20");
        Reply byFrame = ask(Optional.empty(), Optional.of("a/20")).get();
        assertThat(((Reply.Answered) byFrame).seen().camera()).isEqualTo("a");
    }

    @Test
    void questionWaitsForTheFirstSightAndIsUnansweredWithoutOne() throws Exception {
        pipeline = heldPipeline(Frames.limits(8, 2));
        captioner.mayLook.release(1000);
        pipeline.start();
        CompletableFuture<Reply> early = ask(Optional.of("a"), Optional.empty());
        CompletableFuture<Reply> nobody = ask(Optional.of("nobody"), Optional.empty());
        pipeline.submit(frame("a", 20, 8));
        assertThat(early.get()).isInstanceOf(Reply.Answered.class);
        assertThat(nobody.isDone()).isFalse();
        now = now.plusSeconds(3);
        assertThat(reason(nobody)).isEqualTo(Reply.Reason.UNSEEN);
        assertThat(reason(ask(Optional.of("a"), Optional.empty()))).isEqualTo(Reply.Reason.EXPIRED);
    }

    @Test
    void questionAboutAForgottenFrameIsUnanswered() throws Exception {
        pipeline = heldPipeline(Frames.limits(8, 2));
        pipeline.start();
        assertThat(reason(ask(Optional.of("a"), Optional.of("gone")))).isEqualTo(Reply.Reason.FORGOTTEN);
    }

    @Test
    void questionsThatWaitAtTheEndAreToldSo() throws Exception {
        pipeline = heldPipeline(Frames.limits(8, 2));
        pipeline.start();
        CompletableFuture<Reply> waiting = ask(Optional.of("nobody"), Optional.empty());
        pipeline.close(Duration.ofSeconds(5));
        assertThat(reason(waiting)).isEqualTo(Reply.Reason.STOPPED);
    }

    private CompletableFuture<Reply> ask(Optional<String> camera, Optional<String> frame) {
        return pipeline.ask(new Question("q", camera, frame, "what is it", Frames.NOW.plusSeconds(2)));
    }

    private static Reply.Reason reason(CompletableFuture<Reply> reply) throws Exception {
        return ((Reply.Unanswered) reply.get()).reason();
    }

    private void await(int count) throws InterruptedException {
        while (finished.size() < count) {
            pipeline.drain(finished::add);
            Thread.sleep(2);
        }
        Thread.sleep(20);
        pipeline.drain(finished::add);
        assertThat(finished).hasSize(count);
    }

    private Map<String, Integer> count() {
        Map<String, Integer> counts = new TreeMap<>();
        for (Finished each : finished) {
            counts.merge(kind(each.outcome()), 1, Integer::sum);
        }
        return counts;
    }

    private static String kind(Outcome outcome) {
        if (outcome instanceof Outcome.Skipped skipped) {
            return skipped.reason().name();
        } else if (outcome instanceof Outcome.Rejected rejected) {
            return rejected.cause().name();
        }
        return outcome.getClass().getSimpleName();
    }
}
