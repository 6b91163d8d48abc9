package dev.glimpse.demo;

import dev.glimpse.client.FrameSender;
import dev.glimpse.client.KafkaClients;
import dev.glimpse.client.StopSignal;
import dev.glimpse.edge.EdgeRuntime;
import dev.glimpse.edge.EdgeSettings;
import dev.glimpse.error.UserError;
import dev.glimpse.wire.CaptionEvent;
import dev.glimpse.wire.Topics;
import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/** Broker, cameras and runtime in one process: settings in, a report out. The page can be looked at while it runs. */
final class Demo {
    private static final int PARTITIONS = 4;
    private static final Duration DRAIN = Duration.ofMinutes(1);
    private static final Duration GLANCE = Duration.ofMillis(100);

    private final DemoSettings settings;
    private final DemoReport.Bundle bundle;
    private final Function<EdgeSettings, EdgeRuntime> runtimes;
    private final PrintStream out;
    private final Topics topics = Topics.withPrefix("");
    private final FrameLedger ledger = new FrameLedger();
    private final LiveCaptions captions = new LiveCaptions();
    private final Latencies latencies = new Latencies();
    private final AtomicLong lastCaption = new AtomicLong(); // nanoseconds of System.nanoTime

    /**
     * Constructs a demo; nothing is started yet.
     *
     * @param bundle what the runtime serves
     * @param runtimes makes the runtime, which is not started
     * @param out told the addresses
     */
    Demo(
            DemoSettings settings,
            DemoReport.Bundle bundle,
            Function<EdgeSettings, EdgeRuntime> runtimes,
            PrintStream out) {
        this.settings = settings;
        this.bundle = bundle;
        this.runtimes = runtimes;
        this.out = out;
    }

    /**
     * Runs until the signal or the time is up, then stops the cameras, waits until every frame has its outcome, and counts.
     *
     * @throws UserError when something cannot start, breaks, or is not accounted for
     */
    DemoReport run(StopSignal stop) throws Exception {
        try (Broker broker = Broker.start()) {
            broker.create(topics, PARTITIONS);
            KafkaClients clients = new KafkaClients(broker.bootstrap());
            EdgeSettings edge = settings.edge(broker.bootstrap(), topics, broker.data());
            try (OutcomeReader reader = new OutcomeReader(clients, topics, ledger, this::captioned);
                    EdgeRuntime runtime = runtimes.apply(edge)) {
                runtime.start();
                out.println("page    " + runtime.address());
                out.println(
                        "broker  " + broker.bootstrap() + "  (glimpse watch --bootstrap " + broker.bootstrap() + ")");
                awaitReady(stop, runtime, reader);
                long start = System.nanoTime();
                feed(clients, stop, runtime, reader);
                drain(runtime, reader);
                return report(runtime, start);
            }
        }
    }

    /** The cameras begin when somebody watches: what is sent earlier would only wait and expire. */
    private static void awaitReady(StopSignal stop, EdgeRuntime runtime, OutcomeReader reader)
            throws InterruptedException {
        while (!runtime.ready() && !stop.isSet()) {
            check(runtime, reader);
            stop.await(GLANCE);
        }
    }

    private void captioned(CaptionEvent event) {
        latencies.add(OutcomeReader.latency(event));
        if (!event.caption().isEmpty()) { // stepped down under load, the runtime leaves words out
            captions.captioned(event.frame(), event.caption());
        }
        lastCaption.set(System.nanoTime());
    }

    private void feed(KafkaClients clients, StopSignal stop, EdgeRuntime runtime, OutcomeReader reader)
            throws InterruptedException {
        long end = settings.longest().map(l -> System.nanoTime() + l.toNanos()).orElse(Long.MAX_VALUE);
        try (FrameSender sender =
                new FrameSender(clients.producer(), topics, where -> ledger.sent(where.partition(), where.offset()))) {
            try (Cameras cameras = new Cameras(settings.cameras(), settings.fps(), sender, captions)) {
                while (!stop.isSet() && System.nanoTime() < end) {
                    check(runtime, reader);
                    cameras.check();
                    stop.await(GLANCE);
                }
            }
            sender.finish();
        }
    }

    /** Waits until every frame that was sent has its outcome. */
    private void drain(EdgeRuntime runtime, OutcomeReader reader) throws InterruptedException {
        long end = System.nanoTime() + DRAIN.toNanos();
        while (ledger.counts().missing() > 0 && System.nanoTime() < end) {
            check(runtime, reader);
            Thread.sleep(GLANCE.toMillis());
        }
    }

    private static void check(EdgeRuntime runtime, OutcomeReader reader) {
        reader.check();
        if (runtime.failure().isDone()) {
            throw Failure.of(runtime.failure().join(), "the runtime");
        }
    }

    private DemoReport report(EdgeRuntime runtime, long start) {
        FrameLedger.Counts counts = ledger.counts();
        if (!counts.balanced()) {
            throw new UserError("every frame must have exactly one outcome; of " + counts.sent() + " sent, "
                    + counts.missing() + " have none"
                    + counts.firstMissing()
                            .map(place -> " (first: " + place + ")")
                            .orElse("") + " and "
                    + counts.doubled() + " have several");
        }
        double seconds = Math.max(1, lastCaption.get() - start) / 1e9;
        return new DemoReport(
                counts.sent(),
                runtime.account().total().received(),
                counts.captions(),
                counts.skipped(),
                counts.rejected(),
                counts.captions() == 0 ? 0 : counts.captions() / seconds,
                new DemoReport.Latency(latencies.quantile(.5), latencies.quantile(.9), latencies.quantile(.99)),
                captions.cider(),
                Memory.peakRssMb(),
                bundle);
    }
}
