package dev.glimpse.pipeline;

import static dev.glimpse.pipeline.Frames.frame;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.glimpse.captioner.Captioner;
import dev.glimpse.error.UserError;
import dev.glimpse.ladder.Ladder;
import dev.glimpse.ladder.LadderSettings;
import dev.glimpse.ladder.Rations;
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
import java.util.function.Supplier;
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
        return pipeline(limits, () -> captioner, InstantSource.system());
    }

    private static Pipeline pipeline(Limits limits, Supplier<Captioner> captioner, InstantSource clock) {
        return new Pipeline(
                limits,
                new Ladder(Frames.LADDER, System.nanoTime(), (from, to, why) -> {}),
                new Rations(Frames.LADDER),
                () -> new Pipeline.Opening(captioner.get(), "fp32"),
                PipelineTest::decode,
                clock,
                (stage, nanos) -> {});
    }

    private Pipeline heldPipeline(Limits limits) {
        captioner = new StubCaptioner(true);
        return pipeline(limits, () -> captioner, () -> now);
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
        pipeline = pipeline(Frames.limits(4, 8), () -> captioner, () -> now);
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
        assertThat(finished)
                .as("a skipped frame lets go of its picture, another keeps it")
                .allMatch(f -> f.frame().encoded().length == (f.outcome() instanceof Outcome.Skipped ? 0 : 8));
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
    void steppedDownEveryFrameGetsRegionsAndEveryNthWords() throws InterruptedException {
        long start = System.nanoTime();
        Ladder ladder = new Ladder(new LadderSettings(1, 3, 1000, 1, 100, 50, 1_000_000), start, (from, to, why) -> {});
        ladder.lost();
        ladder.tick(start + 1_000_000_000);
        pipeline = new Pipeline(
                Frames.limits(16, 1),
                ladder,
                new Rations(Frames.LADDER),
                () -> new Pipeline.Opening(captioner, "fp32"),
                PipelineTest::decode,
                () -> Frames.NOW,
                (stage, nanos) -> {});
        pipeline.start();
        for (int i = 20; i < 26; i++) {
            pipeline.submit(frame("a", i, 8));
        }
        await(6);
        List<Outcome.Captioned> looks =
                finished.stream().map(f -> (Outcome.Captioned) f.outcome()).toList();
        assertThat(looks).allMatch(look -> look.level().number() == 1);
        assertThat(looks).allMatch(look -> !look.sight().regions().isEmpty());
        assertThat(looks.stream().filter(look -> !look.sight().caption().text().isEmpty()))
                .as("one of two has words")
                .hasSize(3);
    }

    @Test
    void modelIsReplacedBetweenBatchesAndTheOldOneClosed() throws Exception {
        captioner = new StubCaptioner(false);
        pipeline = pipeline(Frames.limits(16, 8), () -> captioner, () -> now);
        pipeline.start();
        pipeline.submit(frame("a", 20, 8));
        await(1);
        StubCaptioner better = new StubCaptioner(false, "1".repeat(64));
        CompletableFuture<Void> serving = new CompletableFuture<>();
        pipeline.replace(new Pipeline.Opening(better, "fp16"), () -> serving.complete(null));
        serving.get();
        pipeline.submit(frame("a", 21, 8));
        await(2);

        assertThat(((Outcome.Captioned) finished.get(0).outcome()).model().digest())
                .startsWith("0");
        assertThat(((Outcome.Captioned) finished.get(1).outcome()).model())
                .isEqualTo(new Model("1".repeat(64), "stub", "fp16"));
        assertThat(pipeline.model().precision()).isEqualTo("fp16");
        assertThat(captioner.closed).isTrue();
        assertThat(reason(ask(Optional.of("a"), Optional.of("a/20"))))
                .as("the new model cannot read what the old one remembered")
                .isEqualTo(Reply.Reason.FORGOTTEN);
        assertThat(better.closed).isFalse();
    }

    @Test
    void outOfDeviceMemoryHalvesTheBatchOnceThenSkips() throws InterruptedException {
        pipeline = heldPipeline(Frames.limits(8, 8));
        captioner.mostPictures = 0;
        pipeline.start();
        for (int i = 20; i < 25; i++) {
            pipeline.submit(frame("a", i, 8));
        }
        Thread.sleep(100);
        captioner.mayLook.release(1000);
        await(5);
        assertThat(count()).isEqualTo(Map.of("OVERLOAD", 5));
        int most = captioner.batches.stream().mapToInt(Integer::intValue).sum();
        assertThat(most).as("pictures tried, each twice at most").isLessThanOrEqualTo(10);
    }

    @Test
    void brokenDeviceEndsThePipelineAndFinishesNothing() throws InterruptedException {
        pipeline = heldPipeline(Frames.limits(8, 8));
        captioner.fault = "CUDA failure 700: an illegal memory access was encountered";
        pipeline.start();
        pipeline.submit(frame("a", 20, 8));
        captioner.mayLook.release(1000);
        while (pipeline.failure().isEmpty()) {
            Thread.sleep(5);
        }
        await(0);
        assertThat(pipeline.failure().orElseThrow()).hasMessageContaining("CUDA failure 700");
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
        pipeline = pipeline(
                Frames.limits(2, 2),
                () -> {
                    throw new UserError("no bundle here");
                },
                InstantSource.system());
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
