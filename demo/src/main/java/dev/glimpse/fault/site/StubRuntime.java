package dev.glimpse.fault.site;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.glimpse.device.EngineName;
import dev.glimpse.edge.EdgeRuntime;
import dev.glimpse.edge.EdgeSettings;
import dev.glimpse.edge.EngineSettings;
import dev.glimpse.edge.RunCommand;
import dev.glimpse.kafka.AnswerSettings;
import dev.glimpse.kafka.KafkaSettings;
import dev.glimpse.ladder.LadderSettings;
import dev.glimpse.pipeline.Limits;
import dev.glimpse.rollout.RolloutSettings;
import dev.glimpse.trace.TracingSettings;
import dev.glimpse.web.HttpSettings;
import dev.glimpse.web.ModelCard;
import dev.glimpse.wire.Topics;
import java.nio.file.Path;
import java.util.Map;

/** The edge runtime as it is served everywhere, with a stub in place of the model. */
public final class StubRuntime {
    private StubRuntime() {}

    /** A runtime that is not started yet. */
    public static EdgeRuntime of(WorkerSettings worker) {
        return of(worker, KafkaSettings.Delivery.EXACTLY_ONCE);
    }

    public static EdgeRuntime of(WorkerSettings worker, KafkaSettings.Delivery delivery) {
        EdgeSettings settings = settings(worker, delivery);
        if (!worker.bundle().isEmpty()) {
            return RunCommand.runtime(settings);
        }
        ModelCard card = new ModelCard("stub", "fp32", 0, JsonNodeFactory.instance.objectNode());
        return new EdgeRuntime(settings, card, () -> new HashingCaptioner(worker.digest(), worker.microsPerPicture()));
    }

    /** The settings of such a runtime. */
    public static EdgeSettings settings(WorkerSettings worker, KafkaSettings.Delivery delivery) {
        KafkaSettings kafka = new KafkaSettings(
                worker.bootstrap(),
                worker.group(),
                worker.slot(),
                worker.locks(),
                Topics.withPrefix(worker.prefix()),
                delivery,
                worker.protocol(),
                KafkaSettings.Start.EARLIEST,
                1024,
                256,
                65_536,
                Map.of());
        Limits limits = new Limits(
                worker.mailbox(), 8, 1, 65_536, 65_536, 65_536, worker.budgetMillis(), 10 * worker.budgetMillis(), 64);
        return new EdgeSettings(
                Path.of(worker.bundle()),
                new EngineSettings(EngineName.ONNXRUNTIME, 1, 1, 1024),
                kafka,
                new HttpSettings("127.0.0.1", 0, "", 16),
                limits,
                new LadderSettings(0, 2, 1000, 100, 1000, 50, 1000),
                new AnswerSettings(0, 16),
                new RolloutSettings(Path.of(""), worker.locks().resolve("bundles-" + worker.slot()), 64, 0, 0.5, 10),
                TracingSettings.OFF);
    }
}
