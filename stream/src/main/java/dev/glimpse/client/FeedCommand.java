package dev.glimpse.client;

import static dev.glimpse.error.UserError.require;

import dev.glimpse.cli.Cli;
import dev.glimpse.source.FrameSource;
import dev.glimpse.source.FrameSources;
import dev.glimpse.source.SourcePicture;
import dev.glimpse.wire.Frame;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Reads a source and sends its pictures to the frames topic, in time. */
@Command(name = "feed", description = "Send pictures, a video or a camera to the frames topic.")
public final class FeedCommand implements Callable<Integer> {
    private static final double PICTURES_PER_SECOND = 5;

    @Mixin
    private BrokerOptions broker = new BrokerOptions();

    @Parameters(
            paramLabel = "SOURCE",
            description = "A folder of pictures, a picture, a video, rtsp://..., or scenes:SEED.")
    private String source = "";

    @Option(names = "--camera", required = true, paramLabel = "ID", description = "Who sees it; the key of the frames.")
    private String camera = "";

    @Option(
            names = "--fps",
            paramLabel = "F",
            description = "Frames per second; 0: as fast as can be (default: the source's own rate, 5 for pictures).")
    private Optional<Double> fps = Optional.empty();

    @Option(names = "--loop", description = "Begin again at the end.")
    private boolean loop;

    public static void main(String[] arguments) {
        Cli.main(new FeedCommand(), arguments);
    }

    @Override
    public Integer call() throws InterruptedException {
        require(fps.orElse(1.0) >= 0, "frames per second are 0 or more, found %s", fps.orElse(1.0));
        Frame.requireCamera(camera);
        KafkaLog.silence();
        try (FrameSource first = open();
                StopSignal stop = StopSignal.listening()) {
            broker.clients().requireReachable();
            long start = System.nanoTime();
            try (FrameSender sender = new FrameSender(broker.clients().producer(), broker.topics())) {
                feed(first, sender, stop);
                report(sender.finish(), System.nanoTime() - start);
            }
            return stop.succeed();
        }
    }

    private FrameSource open() {
        return FrameSources.open(source, fps.filter(rate -> rate > 0).orElse(PICTURES_PER_SECOND));
    }

    private void feed(FrameSource first, FrameSender sender, StopSignal stop) throws InterruptedException {
        String run = camera + "/" + Long.toString(System.currentTimeMillis(), Character.MAX_RADIX) + "/";
        double rate = fps.orElse(first.rate() > 0 ? first.rate() : PICTURES_PER_SECOND);
        Pace pace = new Pace(first.live() && fps.isEmpty() ? 0 : rate, System.nanoTime());
        long sent = send(first, sender, stop, pace, run, 0);
        while (loop && !stop.isSet()) {
            try (FrameSource again = open()) {
                sent = send(again, sender, stop, pace, run, sent);
            }
        }
    }

    /** Sends a source to its end; returns how many frames have been sent so far. */
    private long send(FrameSource from, FrameSender sender, StopSignal stop, Pace pace, String run, long before)
            throws InterruptedException {
        long sent = before;
        while (!stop.isSet()) {
            Optional<SourcePicture> next = from.next();
            if (next.isEmpty()) {
                return sent;
            }
            long wait = pace.untilDue(System.nanoTime());
            if (from.live() && wait > 0) {
                continue;
            }
            if (stop.await(Duration.ofNanos(wait))) {
                return sent;
            }
            sender.send(frame(next.get(), run + sent));
            pace.sent(System.nanoTime());
            sent++;
        }
        return sent;
    }

    private Frame frame(SourcePicture picture, String id) {
        return new Frame(
                camera,
                id,
                "feed",
                Instant.now(),
                picture.contentType(),
                Optional.empty(),
                Optional.empty(),
                picture.encoded());
    }

    private void report(long sent, long nanos) {
        System.out.printf(
                Locale.ROOT,
                "sent %d frames of camera %s to topic %s at %s in %.1f s%n",
                sent,
                camera,
                broker.topics().frames(),
                broker.bootstrap(),
                nanos / 1e9);
    }
}
