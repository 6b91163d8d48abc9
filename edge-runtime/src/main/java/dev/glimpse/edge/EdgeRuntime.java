package dev.glimpse.edge;

import dev.glimpse.account.Account;
import dev.glimpse.bundle.Bundle;
import dev.glimpse.captioner.Captioner;
import dev.glimpse.error.UserError;
import dev.glimpse.kafka.Bulletin;
import dev.glimpse.kafka.KafkaWorker;
import dev.glimpse.ladder.Ladder;
import dev.glimpse.ladder.Level;
import dev.glimpse.ladder.Rations;
import dev.glimpse.metrics.Meters;
import dev.glimpse.picture.PictureDecoder;
import dev.glimpse.pipeline.Model;
import dev.glimpse.pipeline.Pipeline;
import dev.glimpse.rollout.BundleLoader;
import dev.glimpse.rollout.FirstBundle;
import dev.glimpse.rollout.Rollout;
import dev.glimpse.rollout.RolloutSettings;
import dev.glimpse.trace.Tracing;
import dev.glimpse.web.Backstage;
import dev.glimpse.web.ModelCard;
import dev.glimpse.web.Showcase;
import dev.glimpse.web.WebVerticle;
import dev.glimpse.wire.ControlEvent;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.net.BindException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running service: frames of Kafka in, captions and answers of Kafka out, with page, API and metrics. One is started
 * once, then closed; several may run in one process with different slots and ports.
 */
public final class EdgeRuntime implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(EdgeRuntime.class);
    private static final Duration FINISH = Duration.ofMillis(500);
    private static final int HTTP_SECONDS = 10;

    private final EdgeSettings settings;
    private final Optional<BundleLoader> loader;
    private final InstantSource clock = InstantSource.system();
    private final Account account;
    private final Meters meters;
    private final Showcase showcase;
    private final Ladder ladder;
    private final Pipeline pipeline;
    private final Bulletin bulletin;
    private final Health health;
    private final AtomicInteger port = new AtomicInteger();
    private final CompletableFuture<Throwable> failure = new CompletableFuture<>();
    private final List<Closing> closings = new ArrayList<>();
    private volatile ModelCard card;
    private volatile Optional<KafkaWorker> worker = Optional.empty();
    private volatile Optional<FirstBundle> first = Optional.empty();
    private volatile Optional<Rollout> rollout = Optional.empty();

    /**
     * A service with a model that stays; nothing is started or opened yet.
     *
     * @param card what page and API tell of the model
     * @param captioner opens the model; called once, on the thread that will own it
     */
    public EdgeRuntime(EdgeSettings settings, ModelCard card, Supplier<Captioner> captioner) {
        this(settings, Optional.empty(), card, captioner);
    }

    /** A service that runs the bundle of its settings, or the one promoted last, and takes new ones up. */
    public EdgeRuntime(EdgeSettings settings, BundleLoader loader) {
        this(settings, Optional.of(loader), ModelCard.NONE, null);
    }

    private EdgeRuntime(
            EdgeSettings settings,
            Optional<BundleLoader> loader,
            ModelCard card,
            @Nullable Supplier<Captioner> captioner) {
        this.settings = settings;
        this.loader = loader;
        this.card = card;
        this.account = new Account(settings.http().cameras(), System::nanoTime);
        this.meters = new Meters(account);
        this.showcase = new Showcase(settings.http().cameras(), clock);
        this.bulletin = new Bulletin(settings.kafka().topics(), settings.kafka().worker(), clock);
        this.ladder = new Ladder(settings.ladder(), System.nanoTime(), this::levelChanged);
        this.pipeline = new Pipeline(
                settings.pipeline(),
                ladder,
                new Rations(settings.ladder()),
                captioner == null ? this::openFirst : () -> new Pipeline.Opening(captioner.get(), card.precision()),
                PictureDecoder::decode,
                clock,
                meters);
        this.health = new Health(pipeline, () -> worker, failure::isDone);
        gauges();
    }

    private void gauges() {
        meters.gauge("glimpse.degraded.level", "0 full service, 5 the least", () -> ladder.level()
                .number());
        meters.gauge(
                "glimpse.engine.wrong",
                "1 when the golden picture comes out wrong",
                () -> pipeline.engineWrong().isPresent() ? 1 : 0);
        meters.gauge("glimpse.waiting.frames", "Frames in mailboxes", pipeline::waitingFrames);
        meters.gauge("glimpse.waiting.bytes", "Encoded bytes in mailboxes", pipeline::waitingBytes);
        meters.gauge(
                "glimpse.uncommitted.records",
                "Records delivered whose outcome is not committed",
                () -> worker.map(KafkaWorker::uncommitted).orElse(0));
        meters.gauge("glimpse.partitions", "Partitions owned", () -> worker.map(KafkaWorker::partitions)
                .orElse(0));
        meters.gauge("glimpse.poll.gap.seconds", "Time since Kafka was polled", () -> worker.map(
                        w -> w.pollGapMillis() / 1e3)
                .orElse(0.0));
        meters.gauge("glimpse.standing.questions", "Standing questions in force", () -> worker.map(
                        w -> w.standing().size())
                .orElse(0));
    }

    private interface Closing {
        void run() throws Exception;
    }

    /**
     * Checks the cluster, opens the model, listens on HTTP, and begins to read, in this order. When it throws, everything is
     * closed again.
     *
     * @throws UserError when the broker does not answer, topics are missing, the port or the slot is taken, or the bundle is bad
     */
    public void start() throws InterruptedException {
        try {
            KafkaWorker.Place place = KafkaWorker.take(settings.kafka());
            closings.add(place::release);
            Tracing tracing = Tracing.of(
                    settings.tracing(),
                    settings.kafka().worker(),
                    settings.kafka().group());
            closings.add(tracing::close);
            closings.add(() -> pipeline.close(FINISH));
            Model model = pipeline.start();
            rollout = startRollout();
            listen();
            var around = new KafkaWorker.Surroundings(
                    pipeline,
                    settings.pipeline(),
                    settings.answers(),
                    account,
                    bulletin,
                    showcase,
                    tracing,
                    meters,
                    clock);
            KafkaWorker started = KafkaWorker.start(place, around, this::failed);
            worker = Optional.of(started);
            closings.add(started::stop);
            Watchdog watchdog = new Watchdog(health, this::failed);
            closings.add(watchdog::close);
            log.info(
                    "{} of group {} runs {} ({}) on {}",
                    settings.kafka().worker(),
                    settings.kafka().group(),
                    card.name(),
                    model.digest().substring(0, Math.min(12, model.digest().length())),
                    model.engine());
        } catch (RuntimeException | InterruptedException e) {
            close();
            throw e;
        }
    }

    // ---- bundles

    /** Runs on the engine thread. */
    private Pipeline.Opening openFirst() {
        FirstBundle opened = FirstBundle.open(rolloutSettings(), settings.bundle(), loader.orElseThrow(), bulletin);
        first = Optional.of(opened);
        card = ModelCard.of(opened.about());
        return new Pipeline.Opening(
                opened.captioner(), opened.about().manifest().precision());
    }

    private Optional<Rollout> startRollout() {
        if (first.isEmpty()) {
            return Optional.empty();
        }
        Rollout started = new Rollout(
                rolloutSettings(), first.get().source(), loader.orElseThrow(), pipeline, bulletin, this::serves);
        closings.add(started::close);
        started.start();
        return Optional.of(started);
    }

    private RolloutSettings rolloutSettings() {
        return settings.rollout().of(settings.kafka().transactionalId());
    }

    private void serves(Bundle.About about) {
        card = ModelCard.of(about);
    }

    /** The port on which HTTP listens. */
    public int port() {
        return port.get();
    }

    /** Address of the page. */
    public String address() {
        String host = settings.http().host();
        return settings.http().scheme() + "://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port.get()
                + "/";
    }

    /** Frames in and outcomes out, so far. */
    public Account account() {
        return account;
    }

    /** All figures. */
    public Meters meters() {
        return meters;
    }

    /** True once the model is open and the group has assigned its partitions. */
    public boolean ready() {
        return health.readiness().wrong().isEmpty();
    }

    /** Completes with the reason when the service cannot go on; it then has to be closed. */
    public CompletableFuture<Throwable> failure() {
        return failure;
    }

    /** Finishes and commits what is under way, then ends everything; under five seconds. */
    @Override
    public void close() {
        for (int i = closings.size() - 1; i >= 0; i--) {
            try {
                closings.get(i).run();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (Exception e) {
                log.warn("Closing did not go well: {}", e.toString());
            }
        }
        closings.clear();
        meters.close();
    }

    private void levelChanged(Level from, Level to, String why) {
        String message = "level " + to.number() + ", " + to.words() + ": " + why;
        log.warn("{} steps {} to {}", settings.kafka().worker(), to.compareTo(from) > 0 ? "down" : "up", message);
        bulletin.post(
                ControlEvent.Kind.LEVEL_CHANGED,
                Optional.of(pipeline.model().digest()),
                Optional.of(card.name()),
                to.number(),
                message);
    }

    private void listen() {
        Vertx vertx = Vertx.vertx(new VertxOptions()
                .setEventLoopPoolSize(1)
                .setWorkerPoolSize(2)
                .setInternalBlockingPoolSize(2)
                .setFileSystemOptions(new FileSystemOptions()
                        .setClassPathResolvingEnabled(false)
                        .setFileCachingEnabled(false)));
        closings.add(() -> vertx.close().await(2, TimeUnit.SECONDS));
        Backstage backstage = new Backstage(
                () -> card,
                pipeline::model,
                pipeline::level,
                settings.pipeline(),
                settings.answers(),
                account,
                meters,
                showcase,
                pipeline::ask,
                () -> worker.map(KafkaWorker::standing).orElse(List.of()),
                rollout,
                settings.rollout().maxMegabytes(),
                health::liveness,
                health::readiness);
        try {
            vertx.deployVerticle(new WebVerticle(settings.http(), backstage, port))
                    .await(HTTP_SECONDS, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw cannotListen(e);
        }
    }

    private UserError cannotListen(Exception e) {
        String where = settings.http().host() + ":" + settings.http().port();
        return e instanceof BindException || e.getCause() instanceof BindException
                ? new UserError("cannot listen on " + where + ": " + e.getMessage()
                        + "; is another program using it? Choose another http.port")
                : new UserError("cannot listen on " + where + ": " + e.getMessage(), e);
    }

    private void failed(Throwable cause) {
        log.error("{} cannot go on: {}", settings.kafka().worker(), cause.getMessage());
        failure.complete(cause);
    }
}
