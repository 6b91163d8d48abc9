package dev.glimpse.demo;

import dev.glimpse.edge.EdgeRuntime;
import dev.glimpse.fault.site.HashingCaptioner;
import dev.glimpse.fault.site.StubRuntime;
import dev.glimpse.fault.site.WorkerSettings;
import dev.glimpse.kafka.KafkaSettings;
import dev.glimpse.wire.Topics;
import java.nio.file.Path;

/** A runtime with a stub model in this process. */
final class Worker {
    static final Topics TOPICS = Topics.withPrefix("");
    private static final int MICROS = 1000;
    private static final int MAILBOX = 64;

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
        return StubRuntime.of(
                new WorkerSettings(
                        bootstrap,
                        "glimpse",
                        slot,
                        locks,
                        "",
                        protocol,
                        MICROS,
                        patience,
                        MAILBOX,
                        HashingCaptioner.DIGEST,
                        ""),
                delivery);
    }
}
