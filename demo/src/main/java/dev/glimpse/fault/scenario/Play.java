package dev.glimpse.fault.scenario;

import dev.glimpse.fault.site.Cluster;
import dev.glimpse.fault.site.Crew;
import dev.glimpse.fault.site.Feed;
import dev.glimpse.fault.site.WorkerSettings;
import dev.glimpse.fault.verifier.Expectation;
import dev.glimpse.fault.verifier.Reader;
import dev.glimpse.fault.verifier.Verdict;
import dev.glimpse.fault.verifier.Verifier;
import dev.glimpse.wire.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;

/** One scenario under way: its own topics, its crew of workers, its cameras, and the verifier that watches. */
final class Play implements AutoCloseable {
    /** Captions must show the hash of their picture. */
    static final Expectation PICTURES = Expectation::ofPicture;

    private static final Duration SLICE = Duration.ofMillis(300);
    private static final Duration REREAD = Duration.ofMinutes(5);

    private final String name;
    private final Cluster cluster;
    private final Topics topics;
    private final Crew crew;
    private final Reader reader;
    private final long begun = System.nanoTime();
    private final Map<String, Object> figures = new LinkedHashMap<>();
    private final List<String> problems = new ArrayList<>();
    private final List<String> missed = new ArrayList<>();
    private Optional<Feed> feed = Optional.empty();
    private long faults;
    private long beside;
    private boolean mayEndUnasked;

    private Play(String name, Cluster cluster, Crew crew, Reader reader) {
        this.name = name;
        this.cluster = cluster;
        this.topics = Topics.withPrefix(crew.template().prefix());
        this.crew = crew;
        this.reader = reader;
    }

    /** Creates the topics and begins to watch. Workers reach the cluster through its proxies. */
    static Play on(Grounds grounds, Cluster cluster, String name, int partitions)
            throws IOException, InterruptedException, ExecutionException {
        WorkerSettings settings = settings(grounds, cluster, name);
        return on(grounds, cluster, partitions, settings, PICTURES);
    }

    static Play on(Grounds grounds, Cluster cluster, int partitions, WorkerSettings settings, Expectation expectation)
            throws IOException, InterruptedException, ExecutionException {
        Topics topics = Topics.withPrefix(settings.prefix());
        cluster.create(topics, partitions);
        Verifier verifier = new Verifier(topics, settings.digest(), expectation);
        Reader reader = new Reader(cluster.direct(), topics, verifier);
        Crew crew = new Crew(grounds.children(), settings.locks(), settings);
        return new Play(settings.group(), cluster, crew, reader);
    }

    /** What a patient worker of a scenario is told. */
    static WorkerSettings settings(Grounds grounds, Cluster cluster, String name) throws IOException {
        Path folder = Files.createDirectories(grounds.folder().resolve(name));
        return WorkerSettings.patient(cluster.proxied(), name, folder);
    }

    Crew crew() {
        return crew;
    }

    Reader reader() {
        return reader;
    }

    Topics topics() {
        return topics;
    }

    Cluster cluster() {
        return cluster;
    }

    Feed feed(Feed.Plan plan) {
        Feed started = new Feed(cluster.direct(), topics.frames(), plan);
        feed = Optional.of(started);
        return started;
    }

    /** So many frames were sent beside the cameras'. */
    void more(int sent) {
        beside += sent;
    }

    void fault() {
        faults++;
    }

    void figure(String figure, Object value) {
        figures.put(figure, value);
    }

    void problem(String words) {
        problems.add(words);
    }

    /** Notes a figure that should reach something. */
    void aim(String figure, double value, boolean reached, String target) {
        figures.put(figure, Math.round(1000 * value) / 1000.0);
        if (!reached) {
            missed.add(figure + " is " + Math.round(1000 * value) / 1000.0 + ", expected " + target);
        }
    }

    /** Workers of this scenario may have to be started again because they ended by themselves. */
    void workersMayEnd() {
        mayEndUnasked = true;
    }

    /** Waits while the supervisor starts again what ended by itself. */
    void pass(Duration time) throws IOException, InterruptedException {
        long end = System.nanoTime() + time.toNanos();
        for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
            crew.supervise();
            Thread.sleep(Math.min(SLICE.toMillis(), left / 1_000_000 + 1));
        }
    }

    /** Waits until the cameras have sent so many frames. */
    void awaitSent(long frames) throws IOException, InterruptedException {
        Feed running = feed.orElseThrow();
        while (running.running() && running.sent() < frames) {
            pass(Duration.ofMillis(20));
        }
    }

    /** Lets the cameras finish, waits for the last outcome, ends the workers, reads everything once more, and judges. */
    Finding settle(Duration patience) throws IOException, InterruptedException {
        long frames = feed.orElseThrow().await() + beside;
        long end = System.nanoTime() + patience.toNanos();
        boolean settled = false;
        while (!settled && System.nanoTime() < end) {
            crew.supervise();
            settled = reader.awaitSettled(frames, SLICE);
        }
        if (!settled) {
            problems.add("after " + patience.toSeconds() + " s only "
                    + reader.verifier().settled() + " of " + frames + " frames have an outcome");
        }
        crew.end().forEach(stubborn -> problems.add("worker " + stubborn + " did not end on SIGTERM"));
        judge(frames);
        return new Finding(
                name,
                faults,
                reader.verifier().verdict(),
                (System.nanoTime() - begun) / 1e9,
                figures,
                problems,
                missed);
    }

    /** A finding with the figures that were noted after it was made. */
    Finding again(Finding finding) {
        return new Finding(name, faults, finding.verdict(), finding.seconds(), figures, problems, missed);
    }

    private void judge(long frames) {
        Verdict first = reader.verifier().verdict();
        note("", first);
        if (first.frames() != frames) {
            problems.add("the broker took " + frames + " frames, and " + first.frames() + " are read");
        }
        Optional<Verdict> second = reader.again(REREAD);
        if (second.isEmpty()) {
            problems.add("a second reader does not reach the end of the topics");
        } else if (!second.get().equals(first)) {
            note("for a second reader, ", second.get());
            problems.add("a second reader sees something else: " + second.get() + " instead of " + first);
        }
        figures.put("workersEndedUnasked", crew.endedUnasked().size());
        if (!mayEndUnasked) {
            crew.endedUnasked().forEach(each -> problems.add("ended unasked: " + each));
        }
    }

    private void note(String who, Verdict verdict) {
        if (verdict.breaches() > 0) {
            problems.add(who + verdict.breaches() + " breaches, such as " + verdict.examples());
        }
    }

    @Override
    public void close() throws InterruptedException {
        crew.close();
        if (feed.isPresent()) {
            feed.get().close();
        }
        reader.close();
    }
}
