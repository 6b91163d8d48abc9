package dev.glimpse.fault.scenario;

import dev.glimpse.bundle.BundleReader;
import dev.glimpse.captioner.BundleCaptioner;
import dev.glimpse.engine.OrtEngine;
import dev.glimpse.fault.site.Feed;
import dev.glimpse.fault.site.WorkerSettings;
import dev.glimpse.fault.verifier.Expectation;
import dev.glimpse.picture.PictureDecoder;
import dev.glimpse.picture.PictureException;
import dev.glimpse.scene.SceneCamera;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Two workers that run a real bundle on scenes; one is killed. Every caption must be the one that this process makes of the
 * same picture.
 */
public record RealBundle(Path bundle) implements Scenario {
    private static final int FIRST = 200;
    private static final int PARTITIONS = 2;
    private static final int CAMERAS = 4;
    private static final double PER_SECOND = 8;
    private static final int WIDTH = 320;
    private static final int HEIGHT = 240;
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    @Override
    public String name() {
        return "real-bundle";
    }

    @Override
    public Finding run(Grounds grounds) throws Exception {
        int frames = grounds.size().of(40, 400);
        try (BundleCaptioner captioner = new BundleCaptioner(BundleReader.open(bundle), new OrtEngine(1), 1).load()) {
            WorkerSettings settings = Play.settings(grounds, grounds.one(), name())
                    .running(bundle.toAbsolutePath(), captioner.modelDigest());
            try (Play play = Play.on(grounds, grounds.one(), PARTITIONS, settings, new Looking(captioner))) {
                play.crew().launch(FIRST);
                play.crew().launch(FIRST + 1);
                play.crew().awaitReady(FIRST);
                play.crew().awaitReady(FIRST + 1);
                SceneCamera camera = new SceneCamera(5, WIDTH, HEIGHT, PER_SECOND);
                play.feed(new Feed.Plan(
                        CAMERAS, PER_SECOND, frames, 0, number -> camera.next().jpeg()));
                play.awaitSent(frames / 2);
                play.crew().kill(FIRST);
                play.fault();
                play.crew().launch(FIRST);
                return play.settle(PATIENCE);
            }
        }
    }

    /** What this process says of a picture. Called by the verifier's thread alone. */
    private record Looking(BundleCaptioner captioner) implements Expectation {
        @Override
        public OptionalLong of(ConsumerRecord<byte[], byte[]> frame) {
            try {
                var sight = captioner
                        .look(List.of(PictureDecoder.decode(frame.value())))
                        .get(0);
                return OptionalLong.of(sight.caption().text().hashCode());
            } catch (PictureException e) {
                return OptionalLong.empty();
            }
        }
    }
}
