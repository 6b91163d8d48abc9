package dev.glimpse.pipeline;

import static dev.glimpse.pipeline.Frames.frame;
import static org.assertj.core.api.Assertions.assertThat;

import dev.glimpse.picture.Picture;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class BatcherTest {
    private final Batcher batcher = new Batcher(Frames.limits(2, 3));

    @Test
    void everythingThatWaitsIsTakenTogether() throws InterruptedException {
        batcher.put(decoded(1, 4));
        batcher.put(decoded(2, 4));
        assertThat(batcher.take(0).pictures()).hasSize(2);
        assertThat(batcher.take(0).pictures()).isEmpty();
    }

    @Test
    void loneFrameDoesNotWaitForABatch() throws InterruptedException {
        batcher.put(decoded(1, 4));
        long started = System.nanoTime();
        assertThat(batcher.take(5000).pictures()).hasSize(1);
        assertThat(System.nanoTime() - started).isLessThan(1_000_000_000);
    }

    @Test
    void fullBatchHoldsDecodingBack() throws InterruptedException {
        for (int i = 0; i < 3; i++) {
            batcher.put(decoded(i, 4));
        }
        Thread fourth = put(decoded(3, 4));
        fourth.join(50);
        assertThat(fourth.isAlive()).isTrue();
        assertThat(batcher.take(0).pictures()).hasSize(3);
        fourth.join();
        assertThat(batcher.take(0).pictures()).hasSize(1);
    }

    @Test
    void pixelsAreBoundedButOnePictureAlwaysPasses() throws InterruptedException {
        batcher.put(decoded(1, 1000));
        Thread second = put(decoded(2, 1000));
        second.join(50);
        assertThat(second.isAlive())
                .as("1000 x 1000 x 3 bytes are more than the 1 MiB that may wait")
                .isTrue();
        assertThat(batcher.take(0).pictures()).hasSize(1);
        second.join();
    }

    @Test
    void questionsBeyondTheLimitAreRefused() {
        for (int i = 0; i < 4; i++) {
            assertThat(batcher.ask(asked())).isTrue();
        }
        assertThat(batcher.ask(asked())).isFalse();
    }

    @Test
    void lastWorkSaysSo() throws InterruptedException {
        batcher.put(decoded(1, 4));
        batcher.close();
        Batcher.Work work = batcher.take(1000);
        assertThat(work.pictures()).hasSize(1);
        assertThat(work.last()).isTrue();
        assertThat(batcher.ask(asked())).isFalse();
    }

    private Thread put(Decoded decoded) {
        Thread thread = new Thread(() -> {
            try {
                batcher.put(decoded);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        thread.start();
        return thread;
    }

    private static Decoded decoded(long offset, int side) {
        return new Decoded(frame("a", offset, 8), new Picture(side, side, new byte[side * side * 3]), 0, 0);
    }

    private static Asked asked() {
        Question question = new Question("q", Optional.of("a"), Optional.empty(), "what is it", Frames.NOW);
        return new Asked(question, new CompletableFuture<>());
    }
}
