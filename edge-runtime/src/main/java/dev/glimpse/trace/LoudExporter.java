package dev.glimpse.trace;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says once in the service's own log when the collector takes no spans, and once when it does again. Thread-safe. */
final class LoudExporter implements SpanExporter {
    private static final Logger log = LoggerFactory.getLogger(LoudExporter.class);
    /** OpenTelemetry would say it again and again, on stderr and in a form of its own; kept here, or it would be forgotten. */
    private static final java.util.logging.Logger THEIRS = java.util.logging.Logger.getLogger("io.opentelemetry");

    private final SpanExporter exporter;
    private final String endpoint;
    private final AtomicBoolean failing = new AtomicBoolean();

    LoudExporter(SpanExporter exporter, String endpoint) {
        this.exporter = exporter;
        this.endpoint = endpoint;
        THEIRS.setLevel(Level.OFF);
    }

    @Override
    public CompletableResultCode export(Collection<SpanData> spans) {
        CompletableResultCode result = exporter.export(spans);
        return result.whenComplete(() -> note(result.isSuccess()));
    }

    private void note(boolean taken) {
        if (!taken && failing.compareAndSet(false, true)) {
            log.warn(
                    "{} takes no spans, they are lost until it does; frames do not wait for it. Mend tracing.endpoint,"
                            + " or set tracing.exporter to none",
                    endpoint);
        } else if (taken && failing.compareAndSet(true, false)) {
            log.info("{} takes spans again", endpoint);
        }
    }

    @Override
    public CompletableResultCode flush() {
        return exporter.flush();
    }

    @Override
    public CompletableResultCode shutdown() {
        return exporter.shutdown();
    }
}
