package dev.glimpse.streaming;

import dev.glimpse.account.Account;
import dev.glimpse.error.UserError;
import dev.glimpse.kafka.AnswerSettings;
import dev.glimpse.kafka.Bulletin;
import dev.glimpse.kafka.KafkaSettings;
import dev.glimpse.kafka.KafkaSettings.Delivery;
import dev.glimpse.kafka.KafkaSettings.Protocol;
import dev.glimpse.kafka.KafkaSettings.Start;
import dev.glimpse.kafka.KafkaWorker;
import dev.glimpse.kafka.Observer;
import dev.glimpse.pipeline.Limits;
import dev.glimpse.pipeline.Outcome;
import dev.glimpse.pipeline.Pipeline;
import dev.glimpse.pipeline.Stopwatch;
import dev.glimpse.trace.Tracing;
import dev.glimpse.wire.AnswerEvent;
import dev.glimpse.wire.CaptionEvent;
import dev.glimpse.wire.RejectedEvent;
import dev.glimpse.wire.SkippedEvent;
import dev.glimpse.wire.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;

/** The edge runtime's own loop around a pipeline: waits for the outcomes of its topics' frames, which it commits in transactions. */
final class EdgeLoop implements AutoCloseable {
    private static final Duration STALLED = Duration.ofSeconds(60);
    private static final long LOOK_MILLIS = 5;

    private final KafkaWorker worker;
    private final CompletableFuture<Throwable> failure;
    private final Committed committed;

    private EdgeLoop(KafkaWorker worker, CompletableFuture<Throwable> failure, Committed committed) {
        this.worker = worker;
        this.failure = failure;
        this.committed = committed;
    }

    /**
     * What goes round the loop.
     *
     * @param locks directory of the worker's lock
     */
    record Parts(Pipeline pipeline, Limits limits, Account account, Stopwatch stopwatch, Path locks) {}

    /**
     * Joins a group of its own.
     *
     * @param captioned told of every committed caption, on the loop's thread
     */
    static EdgeLoop start(
            Parts parts, String bootstrap, Topics topics, BiConsumer<CaptionEvent, Outcome.Captioned> captioned)
            throws InterruptedException {
        KafkaSettings settings = new KafkaSettings(
                bootstrap,
                topics.frames(),
                0,
                parts.locks(),
                topics,
                Delivery.EXACTLY_ONCE,
                Protocol.CLASSIC,
                Start.EARLIEST,
                8192,
                512,
                65_536,
                Map.of());
        InstantSource clock = InstantSource.system();
        CompletableFuture<Throwable> failure = new CompletableFuture<>();
        Committed committed = new Committed(captioned);
        KafkaWorker worker = KafkaWorker.start(
                KafkaWorker.take(settings),
                new KafkaWorker.Surroundings(
                        parts.pipeline(),
                        parts.limits(),
                        new AnswerSettings(0, 16),
                        parts.account(),
                        new Bulletin(topics, settings.worker(), clock),
                        committed,
                        Tracing.OFF,
                        parts.stopwatch(),
                        clock),
                failure::complete);
        return new EdgeLoop(worker, failure, committed);
    }

    /** Counts what is committed. */
    private record Committed(
            BiConsumer<CaptionEvent, Outcome.Captioned> onCaption, AtomicLong captions, AtomicLong others)
            implements Observer {
        Committed(BiConsumer<CaptionEvent, Outcome.Captioned> onCaption) {
            this(onCaption, new AtomicLong(), new AtomicLong());
        }

        @Override
        public void captioned(CaptionEvent event, Outcome.Captioned outcome, byte[] encoded) {
            onCaption.accept(event, outcome);
            captions.incrementAndGet();
        }

        @Override
        public void skipped(SkippedEvent event) {
            others.addAndGet(event.range().last() - event.range().first() + 1);
        }

        @Override
        public void rejected(RejectedEvent event) {
            others.incrementAndGet();
        }

        @Override
        public void answered(AnswerEvent event) {}

        long all() {
            return captions.get() + others.get();
        }
    }

    /** Waits until the group has given it its partitions. */
    void awaitJoined() throws InterruptedException {
        while (!worker.joined()) {
            check();
            Thread.sleep(LOOK_MILLIS);
        }
    }

    /** Waits until so many frames have an outcome; how many of them are no caption. */
    long awaitOutcomes(long frames) throws InterruptedException {
        long seen = 0;
        long since = System.nanoTime();
        while (committed.all() < frames) {
            check();
            if (committed.all() > seen) {
                seen = committed.all();
                since = System.nanoTime();
            } else if (System.nanoTime() - since > STALLED.toNanos()) {
                throw new UserError("for " + STALLED.toSeconds() + " s no further frame had an outcome; " + seen
                        + " of " + frames + " have one");
            }
            Thread.sleep(LOOK_MILLIS);
        }
        return committed.others().get();
    }

    private void check() {
        if (failure.isDone()) {
            throw new IllegalStateException("the edge loop cannot go on", failure.join());
        }
    }

    @Override
    public void close() throws InterruptedException {
        worker.stop();
    }
}
