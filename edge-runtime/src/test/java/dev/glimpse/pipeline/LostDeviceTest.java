package dev.glimpse.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.glimpse.captioner.Answer;
import dev.glimpse.captioner.Captioner;
import dev.glimpse.captioner.Sight;
import dev.glimpse.engine.DeviceException;
import dev.glimpse.ladder.Ladder;
import dev.glimpse.ladder.Rations;
import dev.glimpse.picture.Picture;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LostDeviceTest {
    /** Its device fails on pictures of one pixel; warm-up pictures are larger. */
    private record Failing(StubCaptioner stub, boolean fatal) implements Captioner {
        @Override
        public List<Sight> look(List<Picture> pictures) {
            if (pictures.get(0).width() == 1) {
                throw new IllegalStateException(new DeviceException("illegal address", fatal, !fatal));
            }
            return stub.look(pictures);
        }

        @Override
        public List<Answer> answer(Sight sight, List<String> questions) {
            return stub.answer(sight, questions);
        }

        @Override
        public String modelDigest() {
            return stub.modelDigest();
        }

        @Override
        public String engine() {
            return stub.engine();
        }

        @Override
        public void close() {
            stub.close();
        }
    }

    private static Pipeline pipeline(boolean fatal) {
        return new Pipeline(
                Frames.limits(4, 8),
                new Ladder(Frames.LADDER, System.nanoTime(), (from, to, why) -> {}),
                new Rations(Frames.LADDER),
                () -> new Pipeline.Opening(new Failing(new StubCaptioner(false), fatal), "fp32"),
                encoded -> encoded.length == 8 ? new Picture(1, 1, new byte[3]) : new Picture(2, 2, new byte[12]),
                InstantSource.system(),
                (stage, nanos) -> {});
    }

    @Test
    void framesOfALostDeviceHaveNoOutcomeAndThePipelineFails() throws InterruptedException {
        Pipeline pipeline = pipeline(true);
        pipeline.start();
        pipeline.submit(Frames.frame("a", 20, 8, Instant.now().plusSeconds(30)));
        while (pipeline.failure().isEmpty()) {
            Thread.sleep(5);
        }
        List<Finished> finished = new ArrayList<>();
        pipeline.drain(finished::add);
        assertThat(finished).isEmpty();
        assertThat(DeviceException.isFatal(pipeline.failure().get())).isTrue();
        pipeline.close(Duration.ofSeconds(1));
    }

    @Test
    void framesThatTheDeviceHasNoMemoryForAreSkippedAndThePipelineGoesOn() throws InterruptedException {
        Pipeline pipeline = pipeline(false);
        pipeline.start();
        pipeline.submit(Frames.frame("a", 20, 8, Instant.now().plusSeconds(30)));
        List<Finished> finished = new ArrayList<>();
        while (finished.isEmpty()) {
            Thread.sleep(5);
            pipeline.drain(finished::add);
        }
        assertThat(finished.get(0).outcome()).isInstanceOf(Outcome.Skipped.class);
        assertThat(pipeline.failure()).isEmpty();
        pipeline.close(Duration.ofSeconds(5));
    }
}
