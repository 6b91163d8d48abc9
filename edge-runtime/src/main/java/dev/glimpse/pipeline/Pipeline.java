package dev.glimpse.pipeline;

import dev.glimpse.captioner.Captioner;
import dev.glimpse.captioner.Sight;
import dev.glimpse.picture.Picture;
import dev.glimpse.picture.PictureEncoder;
import dev.glimpse.picture.PictureException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * The whole way of a frame inside the process. {@link #submit} never blocks; each submitted frame comes out of
 * {@link #drain} exactly once, unless the pipeline fails as a whole, and then none of what is missing may be committed.
 */
public final class Pipeline {
    private static final byte GREY = (byte) 128;
    private static final int WARM_UP_SIDE = 160;
    private static final int WARM_UP_QUALITY = 80;
    private static final int WARM_UP_ROUNDS = 3;

    private final Limits limits;
    private final Decoder decoder;
    private final InstantSource clock;
    private final Stopwatch stopwatch;
    private final Mailboxes mailboxes;
    private final Batcher batcher;
    private final Queue<Finished> completions = new ConcurrentLinkedQueue<>();
    private final CompletableFuture<EngineLoop> engine = new CompletableFuture<>();
    private final CompletableFuture<Model> model = new CompletableFuture<>();
    private final List<Thread> decoders = new ArrayList<>();
    private final Thread engineThread;
    private volatile Optional<Throwable> failure = Optional.empty();

    /**
     * What runs.
     *
     * @param digest SHA-256 of the bundle's manifest
     * @param engine name, version and precision of the engine
     */
    public record Model(String digest, String engine) {}

    /** @param captioner opens the model; called on the engine thread, which closes it too */
    public Pipeline(
            Limits limits, Supplier<Captioner> captioner, Decoder decoder, InstantSource clock, Stopwatch stopwatch) {
        this.limits = limits;
        this.decoder = decoder;
        this.clock = clock;
        this.stopwatch = stopwatch;
        this.mailboxes = new Mailboxes(limits);
        this.batcher = new Batcher(limits);
        DecodeWorker worker = new DecodeWorker(mailboxes, decoder, batcher, clock, stopwatch, completions::add);
        for (int i = 0; i < limits.decoders(); i++) {
            decoders.add(thread("decode-" + i, worker::work));
        }
        this.engineThread = thread("engine", () -> runEngine(captioner));
    }

    /**
     * Opens the model, looks at grey pictures so that the first frames need not wait for warm-up, and starts all threads.
     *
     * @throws RuntimeException what opening the model threw
     */
    public Model start() throws InterruptedException {
        engineThread.start();
        try {
            Model opened = model.get();
            decoders.forEach(Thread::start);
            return opened;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException("the model cannot be opened", e.getCause());
        }
    }

    private void runEngine(Supplier<Captioner> supplier) throws InterruptedException {
        Captioner opened;
        try {
            opened = supplier.get();
        } catch (RuntimeException | Error e) {
            model.completeExceptionally(e);
            return;
        }
        try (Captioner captioner = opened) {
            EngineLoop loop = new EngineLoop(captioner, batcher, clock, stopwatch, completions::add);
            warmUp(captioner);
            engine.complete(loop);
            model.complete(new Model(captioner.modelDigest(), captioner.engine()));
            loop.work();
        } catch (RuntimeException | Error e) {
            model.completeExceptionally(e);
            throw e;
        } finally {
            batcher.close();
            batcher.take(0).questions().forEach(asked -> asked.unanswered(Reply.Reason.STOPPED));
        }
    }

    /** Takes a frame in; any thread. Frames that give way to it are finished at once. */
    public void submit(Frame frame) {
        if (frame.expired(clock.instant())) {
            finish(frame, new Outcome.Skipped(SkipReason.EXPIRED));
            return;
        }
        for (Mailboxes.Skip skip : mailboxes.offer(frame)) {
            finish(skip.frame(), new Outcome.Skipped(skip.reason()));
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

    /** Hands over what is finished; any one thread. */
    public void drain(Consumer<Finished> to) {
        for (Finished finished = completions.poll(); finished != null; finished = completions.poll()) {
            to.accept(finished);
        }
    }

    /** Takes back the frames that wait in mailboxes and match; they come out as {@link Outcome.Withdrawn}. */
    public void withdraw(Predicate<Frame> which) {
        mailboxes.withdraw(which).forEach(frame -> finish(frame, new Outcome.Withdrawn()));
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
        return engine.isDone() ? engine.join().busyMillis() : 0;
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

    /** Loads and compiles what the first frames need: the decoder, the smallest and the largest batch, the answers. */
    private void warmUp(Captioner captioner) {
        byte[] rgb = new byte[WARM_UP_SIDE * WARM_UP_SIDE * 3];
        Arrays.fill(rgb, GREY);
        Picture grey = new Picture(WARM_UP_SIDE, WARM_UP_SIDE, rgb);
        byte[] encoded = PictureEncoder.jpeg(grey, WARM_UP_QUALITY);
        for (int i = 0; i < WARM_UP_ROUNDS; i++) {
            try {
                decoder.decode(encoded);
            } catch (PictureException e) {
                throw new IllegalStateException("the decoder refuses a good picture", e);
            }
            captioner.look(Collections.nCopies(limits.batch(), grey));
            Sight sight = captioner.look(List.of(grey)).get(0);
            captioner.answer(sight, List.of("what is it"));
        }
    }
}
