package dev.glimpse.replay;

import static dev.glimpse.error.UserError.require;

import dev.glimpse.bundle.Bundle;
import dev.glimpse.bundle.BundleReader;
import dev.glimpse.captioner.BundleCaptioner;
import dev.glimpse.captioner.Captioner;
import dev.glimpse.captioner.Engines;
import dev.glimpse.cli.Cli;
import dev.glimpse.client.BrokerOptions;
import dev.glimpse.device.EngineName;
import dev.glimpse.error.UserError;
import dev.glimpse.json.Json;
import dev.glimpse.wire.Topics;
import dev.glimpse.wire.WireException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code glimpse replay}: what another bundle would have said of the frames of a past stretch of time. */
@Command(
        name = "replay",
        description = {
            "Have another bundle look at past frames again, and print what it says otherwise.",
            "Reads from Kafka only: nothing is written to any topic, and no group's offsets move."
        })
public final class ReplayCommand implements Callable<Integer> {
    private static final int BATCH = 8;

    @Mixin
    private BrokerOptions broker = new BrokerOptions();

    @Option(names = "--from", required = true, paramLabel = "TIME", description = "Such as 2026-01-31T12:00:00Z.")
    private String from = "";

    @Option(names = "--to", required = true, paramLabel = "TIME", description = "The first moment that is too late.")
    private String to = "";

    @Option(
            names = "--bundle",
            required = true,
            paramLabel = "DIR",
            description = "The other bundle, directory or zip.")
    private Path bundle = Path.of("");

    @Option(names = "--camera", paramLabel = "ID", description = "Only this camera's frames.")
    private Optional<String> camera = Optional.empty();

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "10000",
            description = "Look at N frames at most (default: ${DEFAULT-VALUE}).")
    private int limit;

    @Option(names = "--all", description = "Print unchanged frames, too.")
    private boolean all;

    @Option(names = "--json", paramLabel = "FILE", description = "Write every frame and the summary to a file.")
    private Optional<Path> json = Optional.empty();

    @Option(
            names = "--threads",
            paramLabel = "N",
            defaultValue = "2",
            description = "Threads of the engine (default: ${DEFAULT-VALUE}).")
    private int threads;

    public static void main(String[] arguments) {
        Cli.main(new ReplayCommand(), arguments);
    }

    @Override
    public Integer call() throws WireException {
        Instant start = time("--from", from);
        Instant end = time("--to", to);
        require(start.isBefore(end), "--from must be before --to, found %s and %s", from, to);
        require(limit > 0, "--limit is 1 or more, found %d", limit);
        broker.clients().requireReachable();
        Topics topics = broker.topics();
        try (Captioner captioner = open()) {
            PastOutcomes past = PastOutcomes.read(broker.clients(), topics, start);
            Replay.Stretch stretch = new Replay.Stretch(start, end, camera, limit, BATCH);
            List<Change> changes = new Replay(broker.clients(), topics, captioner, stretch, past, this::print).run();
            if (changes.isEmpty()) {
                throw new UserError("frames between " + start + " and " + end + " are expected in topic "
                        + topics.frames() + ", found none; are they kept that long?");
            }
            Summary summary = Summary.of(changes, past.models(), captioner.modelDigest());
            System.out.println(summary.text());
            json.ifPresent(file -> Json.write(file, text(summary, changes)));
        }
        return 0;
    }

    private Captioner open() {
        Bundle opened = BundleReader.open(bundle);
        Engines.Chosen engine = Engines.open(
                new Engines.Wish(EngineName.AUTO, threads, Engines.WORKSPACE_MEGABYTES, System.err::println), opened);
        return new BundleCaptioner(opened, engine.engine(), 1).load();
    }

    private void print(Change change) {
        if (all || !change.same()) {
            System.out.println(change.text().replaceAll("[\\p{Cntrl}&&[^\n]]", "?"));
        }
    }

    private static Object text(Summary summary, List<Change> changes) {
        List<Line> lines = changes.stream()
                .map(c -> new Line(c.at().toString(), c.camera(), c.captured().toString(), c.then(), c.now()))
                .toList();
        return new Written(summary, lines);
    }

    private record Line(String at, String camera, String captured, Change.Said then, Change.Said now) {}

    private record Written(Summary summary, List<Line> frames) {}

    private static Instant time(String option, String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw new UserError(option + " is a time such as 2026-01-31T12:00:00Z, found '" + text + "'", e);
        }
    }
}
