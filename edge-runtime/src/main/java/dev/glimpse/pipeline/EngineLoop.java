package dev.glimpse.pipeline;

import dev.glimpse.captioner.Captioner;
import dev.glimpse.captioner.Sight;
import dev.glimpse.engine.DeviceException;
import dev.glimpse.pipeline.Outcome.Captioned;
import dev.glimpse.pipeline.Outcome.Rejected;
import dev.glimpse.pipeline.Outcome.Skipped;
import dev.glimpse.pipeline.Outcome.Times;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at batches of pictures and answers questions, with the one captioner. Runs on the engine thread alone. */
final class EngineLoop {
    private static final Logger log = LoggerFactory.getLogger(EngineLoop.class);
    private static final long IDLE_MILLIS = 500;
    private static final long PENDING_MILLIS = 20;

    private final Captioner captioner;
    private final Batcher batcher;
    private final InstantSource clock;
    private final Stopwatch stopwatch;
    private final Consumer<Finished> completions;
    private final Answers answers;
    private volatile long busySinceNanos;

    EngineLoop(
            Captioner captioner,
            Batcher batcher,
            InstantSource clock,
            Stopwatch stopwatch,
            Consumer<Finished> completions) {
        this.captioner = captioner;
        this.batcher = batcher;
        this.clock = clock;
        this.stopwatch = stopwatch;
        this.completions = completions;
        this.answers = new Answers(captioner, clock, stopwatch);
    }

    /** Runs until the batcher is closed and empty. */
    void work() throws InterruptedException {
        try {
            boolean last = false;
            while (!last) {
                Batcher.Work work = batcher.take(answers.pending() ? PENDING_MILLIS : IDLE_MILLIS);
                busySinceNanos = System.nanoTime();
                answers.answer(work.questions());
                look(work.pictures());
                busySinceNanos = 0;
                last = work.last();
            }
        } finally {
            answers.stop();
        }
    }

    /** How long the present batch has been in the engine, in milliseconds; 0 while it is idle. Any thread. */
    long busyMillis() {
        long since = busySinceNanos;
        return since == 0 ? 0 : (System.nanoTime() - since) / 1_000_000;
    }

    private void look(List<Decoded> pictures) {
        List<Decoded> wanted = new ArrayList<>();
        for (Decoded picture : pictures) {
            if (picture.frame().expired(clock.instant())) {
                finish(picture, new Skipped(SkipReason.EXPIRED));
            } else {
                wanted.add(picture);
            }
        }
        if (!wanted.isEmpty()) {
            lookTogether(wanted);
        }
    }

    private void lookTogether(List<Decoded> batch) {
        long started = System.nanoTime();
        List<Sight> sights;
        try {
            sights = captioner.look(batch.stream().map(Decoded::picture).toList());
        } catch (RuntimeException e) {
            if (DeviceException.isFatal(e)) {
                throw e; // no picture is at fault, and none can be looked at any more
            }
            lookAlone(batch, e);
            return;
        }
        if (sights.size() != batch.size()) {
            throw new IllegalStateException(batch.size() + " pictures gave " + sights.size() + " sights");
        }
        long ended = System.nanoTime();
        measure(sights.get(0).timings(), ended - started);
        for (int i = 0; i < batch.size(); i++) {
            stopwatch.took(Stage.QUEUE, started - batch.get(i).decodedNanos());
            caption(batch.get(i), sights.get(i), started, ended);
        }
    }

    /** One bad picture must not take its neighbours with it. */
    private void lookAlone(List<Decoded> batch, RuntimeException e) {
        if (batch.size() > 1) {
            log.warn("A batch of {} failed, looking at each picture alone: {}", batch.size(), e.toString());
            batch.forEach(picture -> lookTogether(List.of(picture)));
            return;
        }
        log.warn("The model failed on {}: {}", batch.get(0).frame().position(), e.toString());
        finish(batch.get(0), new Rejected(Outcome.Cause.ENGINE_FAILED, "the model failed on this picture"));
    }

    private void caption(Decoded decoded, Sight sight, long started, long ended) {
        Frame frame = decoded.frame();
        int width = decoded.picture().width();
        int height = decoded.picture().height();
        Times times = new Times(
                millis(decoded.startedNanos() - frame.receivedNanos()),
                millis(decoded.decodedNanos() - decoded.startedNanos()),
                millis(started - decoded.decodedNanos()),
                millis(ended - started));
        answers.remember(new Seen(frame.camera(), frame.id(), sight, width, height));
        finish(decoded, new Captioned(sight, width, height, times));
    }

    private void measure(Sight.Timings timings, long nanos) {
        stopwatch.took(Stage.LOOK, nanos);
        stopwatch.took(Stage.PREPARE, nanos(timings.prepare()));
        stopwatch.took(Stage.DETECT, nanos(timings.detect()));
        stopwatch.took(Stage.ENCODE, nanos(timings.encode()));
        stopwatch.took(Stage.WORDS, nanos(timings.decode()));
    }

    private void finish(Decoded picture, Outcome outcome) {
        completions.accept(new Finished(picture.frame(), outcome));
    }

    private static double millis(long nanos) {
        return nanos / 1e6;
    }

    private static long nanos(double millis) {
        return (long) (millis * 1e6);
    }
}
