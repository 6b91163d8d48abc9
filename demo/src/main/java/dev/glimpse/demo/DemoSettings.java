package dev.glimpse.demo;

import static dev.glimpse.error.UserError.require;

import dev.glimpse.captioner.Engines;
import dev.glimpse.device.EngineName;
import dev.glimpse.edge.EdgeSettings;
import dev.glimpse.edge.EngineSettings;
import dev.glimpse.kafka.AnswerSettings;
import dev.glimpse.kafka.KafkaSettings;
import dev.glimpse.kafka.KafkaSettings.Delivery;
import dev.glimpse.kafka.KafkaSettings.Protocol;
import dev.glimpse.kafka.KafkaSettings.Start;
import dev.glimpse.ladder.LadderSettings;
import dev.glimpse.pipeline.Limits;
import dev.glimpse.rollout.RolloutSettings;
import dev.glimpse.trace.TracingSettings;
import dev.glimpse.web.HttpSettings;
import dev.glimpse.wire.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * What a demo is asked to do.
 *
 * @param cameras how many
 * @param fps frames per second of each
 * @param port of the page; 0 takes a free one
 * @param longest when to end; empty: on Ctrl-C
 * @param bundle directory of the bundle
 */
record DemoSettings(int cameras, double fps, int port, Optional<Duration> longest, Path bundle) {
    private static final int MOST_CAMERAS = 64;
    private static final double HIGHEST_RATE = 1000;
    private static final int ENGINE_THREADS = 2;

    DemoSettings {
        require(cameras >= 1 && cameras <= MOST_CAMERAS, "cameras are 1 to %d, found %d", MOST_CAMERAS, cameras);
        require(fps > 0 && fps <= HIGHEST_RATE, "frames per second are above 0 and up to 1000, found %s", fps);
        require(port >= 0 && port <= 65_535, "a port is 0 to 65535, found %d", port);
        require(longest.isEmpty() || longest.get().toMillis() > 0, "seconds are above 0, found %s", longest);
    }

    /** How the runtime is set up: as in configs/edge/local.yaml, but for this broker, from its first record on. */
    EdgeSettings edge(String bootstrap, Topics topics, Path lockDirectory) {
        return new EdgeSettings(
                bundle,
                new EngineSettings(EngineName.ONNXRUNTIME, ENGINE_THREADS, 1, Engines.WORKSPACE_MEGABYTES),
                new KafkaSettings(
                        bootstrap,
                        "glimpse-demo",
                        0,
                        lockDirectory,
                        topics,
                        Delivery.EXACTLY_ONCE,
                        Protocol.CLASSIC,
                        Start.EARLIEST,
                        8192,
                        512,
                        65_536,
                        Map.of()),
                new HttpSettings("127.0.0.1", port, "", MOST_CAMERAS),
                new Limits(8, 8, 1, 16_384, 65_536, 65_536, 2000, 60_000, 64),
                new LadderSettings(5, 3, 1000, 10, 2000, 60, 10_000),
                new AnswerSettings(0.3, 16),
                new RolloutSettings(Path.of(""), lockDirectory.resolve("bundles"), 512, 200, 0.6, 2),
                TracingSettings.OFF);
    }
}
