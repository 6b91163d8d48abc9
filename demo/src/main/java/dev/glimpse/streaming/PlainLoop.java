package dev.glimpse.streaming;

import dev.glimpse.ledger.Partition;
import dev.glimpse.ledger.Position;
import dev.glimpse.pipeline.Finished;
import dev.glimpse.pipeline.Frame;
import dev.glimpse.pipeline.Outcome;
import dev.glimpse.pipeline.Pipeline;
import dev.glimpse.pipeline.Standing;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** A pipeline called in a plain loop: pictures in, captions a second out, and no Kafka. */
record PlainLoop(Pipeline pipeline, Pictures pictures) {
    private static final int WAITING = 64;
    private static final long PAUSE_NANOS = 1_000_000;
    private static final Partition NOWHERE = new Partition("nowhere", 0);

    /**
     * Captions so many frames; always some of them wait.
     *
     * @param standing questions about every frame
     */
    Window.Rate run(int frames, List<Standing> standing) {
        Window window = new Window(frames, List.of(ProcessHandle.current()));
        int[] finished = {0};
        for (int sent = 0; finished[0] < frames; ) {
            while (sent < frames && sent - finished[0] < WAITING) {
                pipeline.submit(frame(sent++, standing));
            }
            pipeline.failure().ifPresent(cause -> {
                throw new IllegalStateException("the pipeline has failed", cause);
            });
            pipeline.drain(each -> {
                requireCaption(each);
                window.finished();
                finished[0]++;
            });
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        return window.rate();
    }

    private static void requireCaption(Finished finished) {
        if (!(finished.outcome() instanceof Outcome.Captioned)) {
            throw new IllegalStateException("a frame of the plain loop has no caption: " + finished.outcome());
        }
    }

    private Frame frame(int number, List<Standing> standing) {
        Instant now = Instant.now();
        return new Frame(
                new Position(NOWHERE, number),
                0,
                Pictures.camera(number),
                Integer.toString(number),
                pictures.of(number),
                now,
                now,
                Instant.MAX,
                Optional.empty(),
                standing,
                System.nanoTime());
    }
}
