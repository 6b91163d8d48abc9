package dev.glimpse.pipeline;

import dev.glimpse.captioner.Captioner;
import dev.glimpse.ladder.Ladder;
import dev.glimpse.ladder.Level;
import dev.glimpse.ladder.Rations;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * The whole way of a frame inside the process. {@link #submit} never blocks; each submitted frame comes out of
 * {@link #drain} exactly once, unless the pipeline fails as a whole, and then none of what is missing may be committed.
 */
public final class Pipeline {
    private final InstantSource clock;
    private final Stopwatch stopwatch;
    private final Ladder ladder;
    private final Rations rations;
    private final WarmUp warmUp;
    private final Mailboxes mailboxes;
    private final Batcher batcher;
    private final Queue<Finished> completions = new ConcurrentLinkedQueue<>();
    private final CompletableFuture<EngineLoop> engine = new CompletableFuture<>();
    private final List<Thread> decoders = new ArrayList<>();
    private final Thread engineThread;
    private volatile Optional<Throwable> failure = Optional.empty();

    /**
     * A model to be opened.
     *
     * @param precision of the model
     */
    public record Opening(Captioner captioner, String precision) {}

    /** Opens the first model; called once, on the engine thread, which closes it too. */
    @FunctionalInterface
    public interface Opener {
        Opening open();
    }

    public Pipeline(
            Limits limits,
            Ladder ladder,
            Rations rations,
            Opener opener,
            Decoder decoder,
            InstantSource clock,
            Stopwatch stopwatch) {
        this.clock = clock;
        this.stopwatch = stopwatch;
        this.ladder = ladder;
        this.rations = rations;
        this.warmUp = new WarmUp(decoder, limits.batch());
        this.mailboxes = new Mailboxes(limits);
        this.batcher = new Batcher(limits);
        DecodeWorker worker = new DecodeWorker(mailboxes, decoder, batcher, ladder, clock, stopwatch, completions::add);
        for (int i = 0; i < limits.decoders(); i++) {
            decoders.add(thread("decode-" + i, worker::work));
        }
        this.engineThread = thread("engine", () -> runEngine(opener));
    }

    /**
     * Opens the model, looks at grey pictures so that the first frames need not wait for warm-up, and starts all threads.
     *
     * @throws RuntimeException what opening the model threw
     */
    public Model start() throws InterruptedException {
        engineThread.start();
        try {
            Model opened = engine.get().model();
            decoders.forEach(Thread::start);
            return opened;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException("the model cannot be opened", e.getCause());
        }
    }

    private void runEngine(Opener opener) throws InterruptedException {
        EngineLoop loop;
        try {
            loop = new EngineLoop(
                    opened(opener.open(), () -> {}), batcher, clock, stopwatch, ladder, rations, completions::add);
        } catch (RuntimeException | Error e) {
            engine.completeExceptionally(e);
            batcher.close();
            return;
        }
        engine.complete(loop);
        try {
            loop.work();
        } finally {
            batcher.close();
            batcher.take(0).questions().forEach(asked -> asked.unanswered(Reply.Reason.STOPPED));
        }
    }

    private EngineLoop.Opened opened(Opening opening, Runnable whenServing) {
        Captioner captioner = opening.captioner();
        try {
            Canary canary = warmUp.run(captioner);
            Model model = new Model(captioner.modelDigest(), captioner.engine(), opening.precision());
            return new EngineLoop.Opened(captioner, model, canary, whenServing);
        } catch (RuntimeException | Error e) {
            captioner.close();
            throw e;
        }
    }

    /**
     * Warms another model up on the calling thread and has it take over between two batches; the old one is then closed.
     *
     * @param whenServing told on the engine thread once the new one is at work
     * @throws RuntimeException when the new model fails on grey pictures; it is closed and the old one stays
     */
    public void replace(Opening opening, Runnable whenServing) {
        engine.join().replace(opened(opening, whenServing));
    }

    /** Has somebody see every captioned picture, or nobody any more. Any thread. */
    public void witness(Optional<Witness> witness) {
        engine.join().witness(witness);
    }

    /** Takes a frame in; any thread. Frames that give way to it are finished at once. */
    public void submit(Frame frame) {
        Level level = ladder.level();
        ladder.received();
        if (frame.expired(clock.instant())) {
            finish(frame, new Outcome.Skipped(SkipReason.EXPIRED, level));
            return;
        }
        if (!rations.admits(frame.camera(), level, clock.millis())) {
            finish(frame, new Outcome.Skipped(SkipReason.OVERLOAD, level));
            return;
        }
        for (Mailboxes.Skip skip : mailboxes.offer(frame)) {
            ladder.lost();
            finish(skip.frame(), new Outcome.Skipped(skip.reason(), level));
        }
    }

    /** Takes a question; any thread. The reply always comes: at the latest with the end of the pipeline. */
    public CompletableFuture<Reply> ask(Question question) {
        CompletableFuture<Reply> reply = new CompletableFuture<>();
        if (clock.instant().isAfter(question.deadline())) {
            reply.complete(new Reply.Unanswered(question, Reply.Reason.EXPIRED));
        } else if (!batcher.ask(new Asked(question, reply))) {
            reply.complete(new Reply.Unanswered(question, Reply.Reason.OVERLOAD));
        }
        return reply;
    }

    /** Hands over what is finished and looks after the level; any one thread, often. */
    public void drain(Consumer<Finished> to) {
        ladder.tick(System.nanoTime());
        for (Finished finished = completions.poll(); finished != null; finished = completions.poll()) {
            to.accept(finished);
        }
    }

    /** Takes back the frames that wait in mailboxes and match; they come out as {@link Outcome.Withdrawn}. */
    public void withdraw(Predicate<Frame> which) {
        mailboxes.withdraw(which).forEach(frame -> finish(frame, new Outcome.Withdrawn()));
    }

    /** The model at work; only after {@link #start}. */
    public Model model() {
        return engine.join().model();
    }

    /** Level of service. */
    public Level level() {
        return ladder.level();
    }

    /** Encoded bytes waiting in mailboxes. */
    public long waitingBytes() {
        return mailboxes.bytes();
    }

    /** Frames waiting in mailboxes. */
    public int waitingFrames() {
        return mailboxes.frames();
    }

    /** How long the present batch has been in the engine, in milliseconds; 0 while it is idle or not open yet. */
    public long engineBusyMillis() {
        return engine.isDone() && !engine.isCompletedExceptionally()
                ? engine.join().busyMillis()
                : 0;
    }

    /** What the golden picture showed to be wrong with the model at work; empty while it is right. */
    public Optional<String> engineWrong() {
        return engine.isDone() && !engine.isCompletedExceptionally()
                ? engine.join().wrong()
                : Optional.empty();
    }

    /** Why the pipeline cannot go on; empty while it can. */
    public Optional<Throwable> failure() {
        return failure;
    }

    /**
     * Finishes everything that was submitted, then closes the model on its thread. What is not done in time is left
     * unfinished.
     *
     * @return true when all threads have ended
     */
    public boolean close(Duration timeout) throws InterruptedException {
        long end = System.nanoTime() + timeout.toNanos();
        mailboxes.close();
        boolean ended = true;
        for (Thread decoder : decoders) {
            ended &= join(decoder, end);
        }
        batcher.close();
        return ended & join(engineThread, end);
    }

    private static boolean join(Thread thread, long end) throws InterruptedException {
        thread.join(Math.max(1, (end - System.nanoTime()) / 1_000_000));
        return !thread.isAlive();
    }

    private void finish(Frame frame, Outcome outcome) {
        completions.add(new Finished(frame, outcome));
    }

    private interface Work {
        void run() throws InterruptedException;
    }

    private Thread thread(String name, Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    } catch (RuntimeException | Error e) {
                        failure = Optional.of(e);
                    }
                },
                name);
        thread.setDaemon(true);
        return thread;
    }
}
