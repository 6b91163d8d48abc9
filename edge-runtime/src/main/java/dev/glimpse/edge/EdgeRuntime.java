package dev.glimpse.edge;

import dev.glimpse.account.Account;
import dev.glimpse.captioner.Captioner;
import dev.glimpse.error.UserError;
import dev.glimpse.kafka.Bulletin;
import dev.glimpse.kafka.KafkaWorker;
import dev.glimpse.metrics.Meters;
import dev.glimpse.picture.PictureDecoder;
import dev.glimpse.pipeline.Pipeline;
import dev.glimpse.web.Backstage;
import dev.glimpse.web.Condition;
import dev.glimpse.web.ModelCard;
import dev.glimpse.web.Showcase;
import dev.glimpse.web.WebVerticle;
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
    private static final long STUCK_MILLIS = 30_000;
    private static final long SLOW_MILLIS = 10_000;

    private final EdgeSettings settings;
    private final ModelCard card;
    private final InstantSource clock = InstantSource.system();
    private final Account account;
    private final Meters meters;
    private final Showcase showcase;
    private final Pipeline pipeline;
    private final Bulletin bulletin;
    private final AtomicInteger port = new AtomicInteger();
    private final CompletableFuture<Throwable> failure = new CompletableFuture<>();
    private final List<Closing> closings = new ArrayList<>();
    private volatile Optional<KafkaWorker> worker = Optional.empty();

    /**
     * Constructs the service; nothing is started or opened yet.
     *
     * @param card what page and API tell of the model
     * @param captioner opens the model; called once, on the thread that will own it
     */
    public EdgeRuntime(EdgeSettings settings, ModelCard card, Supplier<Captioner> captioner) {
        this.settings = settings;
        this.card = card;
        this.account = new Account(settings.http().cameras(), System::nanoTime);
        this.meters = new Meters(account);
        this.showcase = new Showcase(settings.http().cameras(), clock);
        this.bulletin = new Bulletin(settings.kafka().topics(), settings.kafka().worker(), clock);
        this.pipeline = new Pipeline(settings.pipeline(), captioner, PictureDecoder::decode, clock, meters);
        meters.gauge("glimpse.waiting.frames", "Frames in mailboxes", pipeline::waitingFrames);
        meters.gauge("glimpse.waiting.bytes", "Encoded bytes in mailboxes", pipeline::waitingBytes);
        meters.gauge(
                "glimpse.uncommitted.records",
                "Records delivered whose outcome is not committed",
                () -> worker.map(KafkaWorker::uncommitted).orElse(0));
        meters.gauge("glimpse.partitions", "Partitions owned", () -> worker.map(KafkaWorker::partitions)
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
            closings.add(() -> pipeline.close(FINISH));
            Pipeline.Model model = pipeline.start();
            listen(model);
            var around = new KafkaWorker.Surroundings(
                    pipeline, model, card.precision(), settings.pipeline(), account, bulletin, showcase, meters, clock);
            KafkaWorker started = KafkaWorker.start(place, around, this::failed);
            worker = Optional.of(started);
            closings.add(started::stop);
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

    /** The port on which HTTP listens. */
    public int port() {
        return port.get();
    }

    /** Address of the page. */
    public String address() {
        String host = settings.http().host();
        return "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port.get() + "/";
    }

    /** Frames in and outcomes out, so far. */
    public Account account() {
        return account;
    }

    /** True once the model is open and the group has assigned its partitions. */
    public boolean ready() {
        return readiness().wrong().isEmpty();
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

    private void listen(Pipeline.Model model) {
        Vertx vertx = Vertx.vertx(new VertxOptions()
                .setEventLoopPoolSize(1)
                .setWorkerPoolSize(2)
                .setInternalBlockingPoolSize(2)
                .setFileSystemOptions(new FileSystemOptions()
                        .setClassPathResolvingEnabled(false)
                        .setFileCachingEnabled(false)));
        closings.add(() -> vertx.close().await(2, TimeUnit.SECONDS));
        Backstage backstage = new Backstage(
                card,
                model,
                settings.pipeline(),
                account,
                meters,
                showcase,
                pipeline::ask,
                this::liveness,
                this::readiness);
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

    private Condition liveness() {
        List<String> wrong = new ArrayList<>();
        if (failure.isDone()) {
            wrong.add("the service has failed");
        }
        if (worker.isPresent() && worker.get().pollGapMillis() > STUCK_MILLIS) {
            wrong.add("Kafka was not polled for " + worker.get().pollGapMillis() + " ms");
        }
        if (pipeline.engineBusyMillis() > STUCK_MILLIS) {
            wrong.add("a batch has been in the engine for " + pipeline.engineBusyMillis() + " ms");
        }
        return new Condition(wrong);
    }

    private Condition readiness() {
        List<String> wrong = new ArrayList<>(liveness().wrong());
        if (worker.isEmpty() || !worker.get().joined()) {
            wrong.add("the group has not assigned partitions yet");
        } else if (!worker.get().connected()) {
            wrong.add("there is no connection to any broker");
        } else if (worker.get().pollGapMillis() > SLOW_MILLIS) {
            wrong.add("Kafka was not polled for " + worker.get().pollGapMillis() + " ms");
        }
        return new Condition(wrong);
    }
}
