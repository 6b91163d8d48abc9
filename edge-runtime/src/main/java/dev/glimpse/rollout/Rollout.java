package dev.glimpse.rollout;

import dev.glimpse.bundle.Bundle;
import dev.glimpse.bundle.BundleReader;
import dev.glimpse.captioner.Captioner;
import dev.glimpse.error.UserError;
import dev.glimpse.kafka.Bulletin;
import dev.glimpse.pipeline.Pipeline;
import dev.glimpse.wire.ControlEvent.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes new bundles up, one at a time, on a thread of its own: stage, verify, prove, shadow, promote or refuse. Whatever goes
 * wrong on the way, the model at work stays at work; and when its golden picture comes out wrong later, the last good one
 * comes back. Everything that happens is told on the control topic.
 */
public final class Rollout implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Rollout.class);
    private static final long LOOK_MILLIS = 1000;
    private static final int MOST_WAITING = 4;

    private final RolloutSettings settings;
    private final Staging staging;
    private final BundleLoader loader;
    private final Pipeline pipeline;
    private final Bulletin bulletin;
    private final Consumer<Bundle.About> onServing;
    private final Optional<BundleWatch> watch;
    private final BlockingQueue<Request> requests = new LinkedBlockingQueue<>(MOST_WAITING);
    private final Thread thread = new Thread(this::run, "bundle-rollout");
    private Source serving;
    private Optional<Source> lastGood = Optional.empty();
    private volatile Optional<Shadow> shadow = Optional.empty();
    private volatile Status status;
    private volatile boolean closing;

    /**
     * @param first the bundle at work
     * @param onServing told on the engine thread which bundle serves from now on
     */
    public Rollout(
            RolloutSettings settings,
            Source first,
            BundleLoader loader,
            Pipeline pipeline,
            Bulletin bulletin,
            Consumer<Bundle.About> onServing) {
        this.settings = settings;
        this.serving = first;
        this.staging = new Staging(settings.state(), settings.maxMegabytes() * 1024L * 1024);
        this.loader = loader;
        this.pipeline = pipeline;
        this.bulletin = bulletin;
        this.onServing = onServing;
        this.watch = settings.watches() ? Optional.of(new BundleWatch(settings.watch())) : Optional.empty();
        this.status = new Status(first.name(), first.digest(), "", Optional.empty(), "");
        thread.setDaemon(true);
    }

    /** Where a bundle lies. */
    public record Source(String name, String digest, Path directory) {
        /** The bundle that is open. */
        public static Source of(Bundle bundle) {
            return new Source(bundle.manifest().name(), bundle.digest(), bundle.directory());
        }
    }

    /**
     * How things stand.
     *
     * @param serving name of the bundle at work
     * @param candidate digest of the bundle that shadows it; empty when none does
     * @param shadow what the shadow run, the present or the last, has found
     * @param last what happened last, one line
     */
    public record Status(String serving, String digest, String candidate, Optional<ShadowReport> shadow, String last) {}

    /**
     * What became of a bundle that somebody handed in.
     *
     * @param accepted false when it was refused
     * @param digest empty when it could not even be read
     * @param message for people
     */
    public record Result(boolean accepted, String digest, String message) {}

    private record Request(Path source, boolean temporary, CompletableFuture<Result> result) {}

    /** Starts to watch and to take requests. */
    public void start() {
        thread.start();
    }

    /** How things stand now. Any thread. */
    public Status status() {
        Status now = status;
        Optional<ShadowReport> report = shadow.map(Shadow::report).or(now::shadow);
        return new Status(now.serving(), now.digest(), now.candidate(), report, now.last());
    }

    /** A private file to receive a bundle into, for {@link #submit}. */
    public Path incoming() throws IOException {
        return staging.incoming();
    }

    /** Takes a received bundle up and removes it; the result comes when it serves, shadows, or is refused. Any thread. */
    public CompletableFuture<Result> submit(Path received) {
        Request request = new Request(received, true, new CompletableFuture<>());
        if (closing || !requests.offer(request)) {
            delete(received);
            request.result().complete(new Result(false, "", "too many bundles wait; try again"));
        }
        return request.result();
    }

    private void run() {
        try {
            while (!closing) {
                Request request = requests.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
                if (request != null) {
                    request.result().complete(takeUp(request.source()));
                    if (request.temporary()) {
                        delete(request.source());
                    }
                }
                watch.ifPresent(directory -> directory.look().forEach(this::takeUp));
                rollBackIfWrong();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    // ---- the way of one bundle

    private Result takeUp(Path source) {
        String digest = "";
        String name = "";
        try {
            Bundle bundle = staging.stage(source);
            Source staged = Source.of(bundle);
            digest = staged.digest();
            name = staged.name();
            if (digest.equals(serving.digest())) {
                bundle.close();
                return new Result(true, digest, "this bundle is at work already");
            }
            String precision = bundle.manifest().precision();
            Bundle.About about = bundle.about();
            Captioner candidate = loader.load(bundle);
            String report = settings.shadowFrames() == 0 ? "" : shadow(candidate, staged);
            promote(new Pipeline.Opening(candidate, precision), about, staged, Kind.BUNDLE_LOADED, report);
            return new Result(true, digest, report.isEmpty() ? "it serves" : "it serves after " + report);
        } catch (RuntimeException | IOException e) {
            return refuse(source, digest, name, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Result(false, digest, "the service is ending");
        }
    }

    /**
     * Lets the candidate look on until it is known what it is worth.
     *
     * @return the report in one line
     * @throws Objection when it may not take over
     */
    private String shadow(Captioner candidate, Source staged) throws InterruptedException {
        Shadow run = new Shadow(candidate, settings.shadowFrames());
        shadow = Optional.of(run);
        status =
                new Status(serving.name(), serving.digest(), staged.digest(), Optional.empty(), "a candidate looks on");
        tell(
                Kind.BUNDLE_SHADOWED,
                staged,
                "bundle " + staged.name() + " looks at " + settings.shadowFrames() + " frames beside the one at work");
        pipeline.witness(Optional.of(run));
        ShadowReport report;
        try {
            report = run.run();
        } finally {
            pipeline.witness(Optional.empty());
            shadow = Optional.empty();
        }
        status = new Status(serving.name(), serving.digest(), "", Optional.of(report), status.last());
        String objection = closing ? "the service is ending" : report.objection(settings);
        if (!objection.isEmpty()) {
            candidate.close();
            throw new Objection(objection + " (" + report.line() + ")");
        }
        return report.line();
    }

    /** A candidate that works and is not wanted. */
    private static final class Objection extends RuntimeException {
        private static final long serialVersionUID = 1;

        Objection(String message) {
            super(message);
        }
    }

    private void promote(Pipeline.Opening opening, Bundle.About about, Source staged, Kind kind, String why)
            throws IOException, InterruptedException {
        CompletableFuture<Void> takenOver = new CompletableFuture<>();
        pipeline.replace(opening, () -> {
            onServing.accept(about);
            takenOver.complete(null);
        });
        while (!takenOver.isDone() && pipeline.failure().isEmpty() && !closing) {
            Thread.sleep(10);
        }
        lastGood = Optional.of(serving);
        serving = staged;
        String message = "bundle " + staged.name() + " serves" + (why.isEmpty() ? "" : ": " + why);
        status = new Status(staged.name(), staged.digest(), "", status.shadow(), message);
        log.info("{} ({})", message, staged.digest().substring(0, 12));
        tell(kind, staged, message);
        if (staging.holds(staged.digest())) {
            staging.serves(staged.digest());
        } else {
            staging.servesNone();
        }
        Set<String> kept = new HashSet<>(Set.of(staged.digest()));
        lastGood.ifPresent(good -> kept.add(good.digest()));
        staging.keepOnly(kept);
    }

    private Result refuse(Path source, String digest, String name, Exception e) {
        if (closing) {
            return new Result(false, digest, "the service is ending");
        }
        String message = e instanceof UserError || e instanceof Objection ? "" + e.getMessage() : e.toString();
        boolean shadowed = e instanceof Objection;
        String line = "bundle " + (name.isEmpty() ? String.valueOf(source.getFileName()) : name)
                + (shadowed ? " may not take over: " : " is refused: ") + message;
        log.warn("{}; {} stays at work", line, serving.name());
        status = new Status(serving.name(), serving.digest(), "", status.shadow(), line);
        bulletin.post(
                shadowed ? Kind.BUNDLE_ROLLED_BACK : Kind.BUNDLE_REFUSED,
                digest.isEmpty() ? Optional.empty() : Optional.of(digest),
                name.isEmpty() ? Optional.empty() : Optional.of(name),
                pipeline.level().number(),
                line);
        return new Result(false, digest, line);
    }

    /** The bundle at work answers its golden picture wrongly: the one before it comes back. */
    private void rollBackIfWrong() throws InterruptedException {
        Optional<String> wrong = pipeline.engineWrong();
        if (wrong.isEmpty() || lastGood.isEmpty()) {
            return;
        }
        Source good = lastGood.get();
        lastGood = Optional.empty();
        log.error("{} answers its golden picture wrongly ({}): back to {}", serving.name(), wrong.get(), good.name());
        try {
            Bundle bundle = BundleReader.open(good.directory());
            Bundle.About about = bundle.about();
            Pipeline.Opening opening =
                    new Pipeline.Opening(loader.load(bundle), about.manifest().precision());
            promote(
                    opening,
                    about,
                    good,
                    Kind.BUNDLE_ROLLED_BACK,
                    serving.name() + " computes wrongly: " + wrong.get());
            lastGood = Optional.empty();
        } catch (RuntimeException | IOException e) {
            refuse(good.directory(), good.digest(), good.name(), e);
        }
    }

    private void tell(Kind kind, Source about, String message) {
        bulletin.post(
                kind,
                Optional.of(about.digest()),
                Optional.of(about.name()),
                pipeline.level().number(),
                message);
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            log.warn("{} cannot be removed: {}", file, e.toString());
        }
    }

    /** Ends the thread; a candidate on its way is given up. */
    @Override
    public void close() throws InterruptedException {
        closing = true;
        shadow.ifPresent(Shadow::stop);
        thread.interrupt();
        thread.join(1000);
    }
}
