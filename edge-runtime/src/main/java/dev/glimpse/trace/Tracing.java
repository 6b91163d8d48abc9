package dev.glimpse.trace;

import java.time.Instant;
import java.util.Optional;

/** Follows records through the service. Used by the {@code kafka-io} thread, closed by another one after its end. */
public interface Tracing extends AutoCloseable {
    /** Records nothing: the context that a record came with goes on as it is. */
    Tracing OFF = (passage, now) -> new Trace() {
        @Override
        public Optional<String> traceparent() {
            return passage.traceparent();
        }

        @Override
        public void committed(Instant when) {}
    };

    /**
     * Begins to write down a passage, just before its outcome is sent. What is not committed is forgotten.
     *
     * @param now when the commit begins
     */
    Trace follow(Passage passage, Instant now);

    /** Hands over what is recorded, for half a second at most. */
    @Override
    default void close() {}

    /**
     * What the settings ask for.
     *
     * @param worker name of this runtime
     * @param group its consumer group
     */
    static Tracing of(TracingSettings settings, String worker, String group) {
        return switch (settings.exporter()) {
            case NONE -> OFF;
            case OTLP -> new OtlpTracing(settings, worker, group);
        };
    }

    /** One passage. */
    interface Trace {
        /** The context that goes out with the outcome. */
        Optional<String> traceparent();

        /** The outcome is committed. */
        void committed(Instant when);
    }
}
