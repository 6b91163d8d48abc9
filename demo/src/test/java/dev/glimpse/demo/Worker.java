package dev.glimpse.demo;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.glimpse.device.EngineName;
import dev.glimpse.edge.EdgeRuntime;
import dev.glimpse.edge.EdgeSettings;
import dev.glimpse.edge.EngineSettings;
import dev.glimpse.kafka.AnswerSettings;
import dev.glimpse.kafka.KafkaSettings;
import dev.glimpse.ladder.LadderSettings;
import dev.glimpse.pipeline.Limits;
import dev.glimpse.rollout.RolloutSettings;
import dev.glimpse.web.HttpSettings;
import dev.glimpse.web.ModelCard;
import dev.glimpse.wire.Topics;
import java.nio.file.Path;
import java.util.Map;

/** A runtime with a stub model for tests, in this process or, through {@link #main}, in one that can be killed. */
final class Worker {
    static final Topics TOPICS = Topics.withPrefix("");

    private Worker() {}

    /** @param patience milliseconds that a frame may take, and a batch of 8 frames takes a tenth of it at most */
    static EdgeRuntime of(String bootstrap, Path locks, int slot, int patience, KafkaSettings.Protocol protocol) {
        return of(bootstrap, locks, slot, patience, protocol, KafkaSettings.Delivery.EXACTLY_ONCE);
    }

    static EdgeRuntime of(
            String bootstrap,
            Path locks,
            int slot,
            int patience,
            KafkaSettings.Protocol protocol,
            KafkaSettings.Delivery delivery) {
        KafkaSettings kafka = new KafkaSettings(
                bootstrap,
                "glimpse",
                slot,
                locks,
                TOPICS,
                delivery,
                protocol,
                KafkaSettings.Start.EARLIEST,
                1024,
                256,
                65_536,
                Map.of());
        EdgeSettings settings = new EdgeSettings(
                Path.of("none"),
                new EngineSettings(EngineName.ONNXRUNTIME, 1, 1, 64),
                kafka,
                new HttpSettings("127.0.0.1", 0, "", 16),
                new Limits(64, 8, 1, 65_536, 65_536, 65_536, patience, 10 * patience, 64),
                new LadderSettings(0, 2, 1000, 100, 1000, 50, 1000),
                new AnswerSettings(0.3, 16),
                new RolloutSettings(Path.of(""), locks.resolve("bundles-" + slot), 64, 0, 0.5, 10));
        ModelCard card = new ModelCard("stub", "fp32", 0, JsonNodeFactory.instance.objectNode());
        return new EdgeRuntime(settings, card, () -> new HashingCaptioner(1));
    }

    /** Arguments: bootstrap, lock directory, slot, patience, protocol. Runs until it is killed. */
    public static void main(String[] arguments) throws Exception {
        EdgeRuntime runtime = of(
                arguments[0],
                Path.of(arguments[1]),
                Integer.parseInt(arguments[2]),
                Integer.parseInt(arguments[3]),
                KafkaSettings.Protocol.valueOf(arguments[4]));
        runtime.start();
        System.out.println("ready");
        throw new IllegalStateException(
                "the worker has failed", runtime.failure().get());
    }
}
