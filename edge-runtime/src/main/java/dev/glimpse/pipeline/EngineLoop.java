package dev.glimpse.pipeline;

import dev.glimpse.captioner.Captioner;
import dev.glimpse.ladder.Ladder;
import dev.glimpse.ladder.Level;
import dev.glimpse.ladder.Rations;
import dev.glimpse.pipeline.Outcome.Skipped;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at batches of pictures and answers questions, with one model at a time; another takes its place between batches.
 * Runs on the engine thread alone, which closes every model it was given.
 */
final class EngineLoop {
    private static final Logger log = LoggerFactory.getLogger(EngineLoop.class);
    private static final long IDLE_MILLIS = 500;
    private static final long PENDING_MILLIS = 20;
    private static final long CANARY_NANOS = 10_000_000_000L;

    private final Batcher batcher;
    private final InstantSource clock;
    private final Stopwatch stopwatch;
    private final Ladder ladder;
    private final Rations rations;
    private final Consumer<Finished> completions;
    private final Answers answers;
    private final AtomicReference<Optional<Opened>> next = new AtomicReference<>(Optional.empty());
    private Opened opened;
    private volatile Optional<Witness> witness = Optional.empty();
    private long canaryAt = System.nanoTime();
    private volatile long busySinceNanos;
    private volatile Model model;
    private volatile Optional<String> wrong = Optional.empty();

    EngineLoop(
            Opened opened,
            Batcher batcher,
            InstantSource clock,
            Stopwatch stopwatch,
            Ladder ladder,
            Rations rations,
            Consumer<Finished> completions) {
        this.opened = opened;
        this.model = opened.model();
        this.batcher = batcher;
        this.clock = clock;
        this.stopwatch = stopwatch;
        this.ladder = ladder;
        this.rations = rations;
        this.completions = completions;
        this.answers = new Answers(clock, stopwatch);
    }

    /**
     * A model that is warm and has proven itself.
     *
     * @param whenServing told on the engine thread once it has taken over
     */
    record Opened(Captioner captioner, Model model, Canary canary, Runnable whenServing) {}

    /** Runs until the batcher is closed and empty. */
    void work() throws InterruptedException {
        try {
            boolean last = false;
            while (!last) {
                Batcher.Work work = batcher.take(answers.pending() ? PENDING_MILLIS : IDLE_MILLIS);
                long started = System.nanoTime();
                busySinceNanos = started;
                takeOver();
                answers.answer(opened.captioner(), work.questions());
                look(work.pictures());
                boolean worked = !work.pictures().isEmpty() || !work.questions().isEmpty();
                if (worked) {
                    ladder.busy(System.nanoTime() - started);
                }
                listenToTheCanary();
                busySinceNanos = 0;
                last = work.last();
            }
        } finally {
            answers.stop();
            next.getAndSet(Optional.empty())
                    .ifPresent(unused -> unused.captioner().close());
            opened.captioner().close();
        }
    }

    /** Has the model replaced before the next batch. One that waits already is closed unused. Any thread. */
    void replace(Opened by) {
        next.getAndSet(Optional.of(by)).ifPresent(unused -> unused.captioner().close());
    }

    /** Has somebody see every captioned picture. Any thread. */
    void witness(Optional<Witness> who) {
        witness = who;
    }

    /** The model at work. Any thread. */
    Model model() {
        return model;
    }

    /** What the golden picture showed to be wrong; empty while it is right. Any thread. */
    Optional<String> wrong() {
        return wrong;
    }

    /** How long the present batch has been in the engine, in milliseconds; 0 while it is idle. Any thread. */
    long busyMillis() {
        long since = busySinceNanos;
        return since == 0 ? 0 : (System.nanoTime() - since) / 1_000_000;
    }

    /** What the old model remembers is not for the new one: the numbers of a region mean something else to it. */
    private void takeOver() {
        Optional<Opened> replacement = next.getAndSet(Optional.empty());
        if (replacement.isPresent()) {
            Opened old = opened;
            opened = replacement.get();
            model = opened.model();
            wrong = Optional.empty();
            canaryAt = System.nanoTime();
            answers.forget();
            old.captioner().close();
            opened.whenServing().run();
        }
    }

    private void look(List<Decoded> pictures) {
        Level level = ladder.level();
        List<Decoded> words = new ArrayList<>();
        List<Decoded> regions = new ArrayList<>();
        for (Decoded picture : pictures) {
            Frame frame = picture.frame();
            if (frame.expired(clock.instant())) {
                ladder.lost();
                completions.accept(new Finished(frame, new Skipped(SkipReason.EXPIRED, level)));
            } else {
                (rations.captions(frame.camera(), level) ? words : regions).add(picture);
            }
        }
        Looker looker = new Looker(
                opened.captioner(), opened.model(), level, stopwatch, witness, answers::remember, completions);
        if (!words.isEmpty()) {
            looker.look(words, true);
        }
        if (!regions.isEmpty()) {
            looker.look(regions, false);
        }
    }

    private void listenToTheCanary() {
        if (System.nanoTime() - canaryAt < CANARY_NANOS) {
            return;
        }
        canaryAt = System.nanoTime();
        Optional<String> now = opened.canary().wrong(opened.captioner());
        if (now.isPresent() && wrong.isEmpty()) {
            log.error("The golden picture comes out wrong: {}", now.get());
        }
        wrong = now;
    }
}
