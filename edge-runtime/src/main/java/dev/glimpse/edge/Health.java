package dev.glimpse.edge;

import dev.glimpse.kafka.KafkaWorker;
import dev.glimpse.pipeline.Pipeline;
import dev.glimpse.web.Condition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Whether the service makes progress, and whether it can take frames.
 *
 * @param worker the Kafka side, once it runs
 * @param failed whether the service cannot go on
 */
record Health(Pipeline pipeline, Supplier<Optional<KafkaWorker>> worker, BooleanSupplier failed) {
    /** A batch or a poll that takes longer will not end any more. */
    static final long STUCK_MILLIS = 30_000;

    private static final long SLOW_MILLIS = 10_000;

    /** Poll gap and age of the batch in the engine. */
    Condition liveness() {
        List<String> wrong = new ArrayList<>();
        if (failed.getAsBoolean()) {
            wrong.add("the service has failed");
        }
        worker.get()
                .map(KafkaWorker::pollGapMillis)
                .filter(gap -> gap > STUCK_MILLIS)
                .ifPresent(gap -> wrong.add("Kafka was not polled for " + gap + " ms"));
        if (engineStuck()) {
            wrong.add("a batch has been in the engine for " + pipeline.engineBusyMillis() + " ms");
        }
        return new Condition(wrong);
    }

    /** Alive, golden picture right, group joined, broker there. */
    Condition readiness() {
        List<String> wrong = new ArrayList<>(liveness().wrong());
        pipeline.engineWrong().ifPresent(what -> wrong.add("the golden picture comes out wrong: " + what));
        Optional<KafkaWorker> now = worker.get();
        if (now.isEmpty() || !now.get().joined()) {
            wrong.add("the group has not assigned partitions yet");
        } else if (!now.get().connected()) {
            wrong.add("there is no connection to any broker");
        } else if (now.get().pollGapMillis() > SLOW_MILLIS) {
            wrong.add("Kafka was not polled for " + now.get().pollGapMillis() + " ms");
        }
        return new Condition(wrong);
    }

    boolean engineStuck() {
        return pipeline.engineBusyMillis() > STUCK_MILLIS;
    }
}
