package dev.glimpse.streaming;

import dev.glimpse.account.Account;
import dev.glimpse.bench.Latency;
import dev.glimpse.bench.Spread;
import dev.glimpse.client.KafkaClients;
import dev.glimpse.fault.site.Children;
import dev.glimpse.fault.site.Cluster;
import dev.glimpse.fault.site.Feed;
import dev.glimpse.ladder.Ladder;
import dev.glimpse.ladder.Rations;
import dev.glimpse.metrics.Meters;
import dev.glimpse.picture.PictureDecoder;
import dev.glimpse.pipeline.Model;
import dev.glimpse.pipeline.Outcome;
import dev.glimpse.pipeline.Pipeline;
import dev.glimpse.pipeline.Standing;
import dev.glimpse.wire.Topics;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A model in, what streaming costs it on this machine out: one pipeline, called in a plain loop and by the edge runtime's
 * loop, whose broker is a process of its own.
 */
final class StreamBench implements AutoCloseable {
    private static final int PICTURES = 256;
    private static final int FIRST_FRAMES = 64;
    private static final int LEAST_FRAMES = 20;
    private static final int LATENCY_RUNS = 4; // long enough for a hundredth of the frames to be some
    private static final double AT_ONCE = 1e9;
    private static final Duration FINISH = Duration.ofSeconds(5);
    private static final List<String> QUESTIONS = List.of(
            "what color is the car",
            "how many people are there",
            "is there a dog",
            "what is on the left",
            "where is the boat");

    private final StreamSettings settings;
    private final Path folder;
    private final Account account = new Account(Pictures.CAMERAS, System::nanoTime);
    private final Meters meters = new Meters(account);
    private final Pipeline pipeline;
    private final Pictures pictures;
    private final PlainLoop plain;
    private final Children children;
    private final Cluster cluster;
    private int topicsMade;

    private StreamBench(StreamSettings settings, Path folder, Pipeline.Opener model)
            throws IOException, InterruptedException {
        this.settings = settings;
        this.folder = folder;
        this.pipeline = new Pipeline(
                settings.limits(),
                new Ladder(StreamSettings.ladder(), System.nanoTime(), (from, to, why) -> {}),
                new Rations(StreamSettings.ladder()),
                model,
                PictureDecoder::decode,
                InstantSource.system(),
                meters);
        this.pictures = Pictures.draw(PICTURES);
        this.plain = new PlainLoop(pipeline, pictures);
        this.children = new Children(folder);
        this.cluster = Cluster.start(children, folder.resolve("broker"), 1);
    }

    /**
     * Opens the model and starts a broker.
     *
     * @param folder for the broker's data and log
     */
    static StreamBench start(StreamSettings settings, Path folder, Pipeline.Opener model)
            throws IOException, InterruptedException {
        StreamBench bench = new StreamBench(settings, folder, model);
        try {
            bench.pipeline.start();
            return bench;
        } catch (RuntimeException | InterruptedException e) {
            bench.close();
            throw e;
        }
    }

    /** The model at work. */
    Model model() {
        return pipeline.model();
    }

    /** Bytes of a picture, on average. */
    long pictureBytes() {
        return pictures.meanBytes();
    }

    /** Plain loop and Kafka in turns, after runs of each that are not measured: Java compiles while they go. */
    StreamResult.Throughput throughput() throws IOException, InterruptedException, ExecutionException {
        int few = frames(plain.run(FIRST_FRAMES, List.of()).perSecond(), settings.seconds() / 2);
        int frames = frames(plain.run(few, List.of()).perSecond(), settings.seconds());
        streamed(2 * frames);
        List<Window.Rate> alone = new ArrayList<>();
        List<Window.Rate> behind = new ArrayList<>();
        long notCaptioned = 0;
        for (int round = 0; round < settings.rounds(); round++) {
            alone.add(plain.run(frames, List.of()));
            Streamed streamed = streamed(frames);
            behind.add(streamed.rate());
            notCaptioned += streamed.notCaptioned();
        }
        return new StreamResult.Throughput(
                frames,
                notCaptioned,
                Spread.of(alone.stream().map(Window.Rate::perSecond).toList()),
                Spread.of(behind.stream().map(Window.Rate::perSecond).toList()),
                Spread.of(IntStream.range(0, settings.rounds())
                        .mapToObj(i -> behind.get(i).perSecond() / alone.get(i).perSecond())
                        .toList()),
                processor(alone, 0),
                processor(behind, 0),
                processor(behind, 1));
    }

    private record Streamed(Window.Rate rate, long notCaptioned) {}

    /** Frames that all wait in their topic before the runtime comes. */
    private Streamed streamed(int frames) throws IOException, InterruptedException, ExecutionException {
        Topics topics = newTopics();
        try (Feed feed = new Feed(cluster.direct(), topics.frames(), plan(frames, AT_ONCE, pictures::of))) {
            feed.await();
        }
        ProcessHandle broker = ProcessHandle.of(cluster.pid(0)).orElseThrow();
        Window window = new Window(frames, List.of(ProcessHandle.current(), broker));
        try (EdgeLoop loop = EdgeLoop.start(parts(), cluster.direct(), topics, (event, outcome) -> window.finished())) {
            long notCaptioned = loop.awaitOutcomes(frames);
            return new Streamed(window.rate(), notCaptioned);
        }
    }

    /** @param capacity captions a second behind Kafka */
    StreamResult.HalfLoad halfLoad(double capacity) throws IOException, InterruptedException, ExecutionException {
        double perSecond = capacity / 2;
        int frames = frames(perSecond, LATENCY_RUNS * settings.seconds());
        Topics topics = newTopics();
        long[] sent = new long[frames]; // by offset: there is one partition
        long[] needed = new long[frames];
        try (CaptionReader reader = new CaptionReader(new KafkaClients(cluster.direct()), topics, frames);
                EdgeLoop loop = EdgeLoop.start(
                        parts(),
                        cluster.direct(),
                        topics,
                        (event, outcome) -> needed[(int) event.input().offset()] = needed(outcome))) {
            loop.awaitJoined();
            Feed.Source noted = number -> {
                sent[(int) number] = System.nanoTime();
                return pictures.of(number);
            };
            try (Feed feed = new Feed(cluster.direct(), topics.frames(), plan(frames, perSecond, noted))) {
                feed.await();
            }
            long notCaptioned = loop.awaitOutcomes(frames);
            long[] read = reader.await(frames - notCaptioned);
            int[] seen = IntStream.range(frames / 10, frames) // the first tenth warms readers and producers up
                    .filter(number -> read[number] != 0)
                    .toArray();
            return new StreamResult.HalfLoad(
                    perSecond,
                    notCaptioned,
                    Latency.of(
                            IntStream.of(seen).mapToLong(n -> read[n] - sent[n]).toArray()),
                    Latency.of(IntStream.of(seen).mapToLong(n -> needed[n]).toArray()),
                    Latency.of(IntStream.of(seen)
                            .mapToLong(n -> read[n] - sent[n] - needed[n])
                            .toArray()));
        }
    }

    /** Nanoseconds that the pipeline needed for the picture, waiting not counted. */
    private static long needed(Outcome.Captioned outcome) {
        return (long) (1e6 * (outcome.times().decoded() + outcome.times().looked()));
    }

    /** None, one and five questions in turns. */
    StreamResult.Questions questions() {
        List<Standing> five = Stream.iterate(0, i -> i + 1)
                .limit(QUESTIONS.size())
                .map(i -> new Standing(Pictures.camera(0), "q" + i, QUESTIONS.get(i), Instant.EPOCH, false))
                .toList();
        int frames = frames(plain.run(FIRST_FRAMES, five).perSecond(), settings.seconds() / 4);
        List<Double> none = new ArrayList<>();
        List<Double> one = new ArrayList<>();
        List<Double> all = new ArrayList<>();
        for (int round = 0; round < settings.rounds(); round++) {
            double without = millis(plain.run(frames, List.of()));
            none.add(without);
            one.add(millis(plain.run(frames, five.subList(0, 1))) - without);
            all.add(millis(plain.run(frames, five)) - without);
        }
        return new StreamResult.Questions(frames, Spread.of(none), Spread.of(one), Spread.of(all));
    }

    private static double millis(Window.Rate rate) {
        return 1000 / rate.perSecond();
    }

    private static int frames(double perSecond, double seconds) {
        return (int) Math.max(LEAST_FRAMES, Math.round(perSecond * seconds));
    }

    private static Spread processor(List<Window.Rate> rates, int process) {
        return Spread.of(
                rates.stream().map(rate -> rate.processorMillis().get(process)).toList());
    }

    private Feed.Plan plan(int frames, double perSecond, Feed.Source source) {
        return new Feed.Plan(Pictures.CAMERAS, perSecond, frames, 0, source);
    }

    private EdgeLoop.Parts parts() {
        return new EdgeLoop.Parts(pipeline, settings.limits(), account, meters, folder);
    }

    /** A set of topics of one partition, so that the offset of a frame is its number. */
    private Topics newTopics() throws IOException, InterruptedException, ExecutionException {
        Topics topics = Topics.withPrefix("run-" + topicsMade++ + ".");
        cluster.create(topics, 1);
        return topics;
    }

    @Override
    public void close() throws IOException, InterruptedException {
        pipeline.close(FINISH);
        meters.close();
        cluster.close();
        children.close();
    }
}
