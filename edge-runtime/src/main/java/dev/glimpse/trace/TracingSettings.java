package dev.glimpse.trace;

import static dev.glimpse.error.UserError.require;

import dev.glimpse.config.FromEnvironment;

/**
 * Settings of tracing.
 *
 * @param exporter where spans go; nothing of OpenTelemetry is started without one
 * @param endpoint address of the collector, {@code http://HOST:4318/v1/traces}; looked at with an exporter only
 * @param ratio which part of the traces that begin here is recorded, 0 to 1; a trace that began elsewhere is recorded when its
 *     beginner says so
 */
public record TracingSettings(
        Exporter exporter, @FromEnvironment String endpoint, double ratio) {
    /** Nothing is recorded. */
    public static final TracingSettings OFF = new TracingSettings(Exporter.NONE, "", 0);

    /** Where spans go. */
    public enum Exporter {
        NONE,
        /** The OpenTelemetry protocol over HTTP, in Protobuf. */
        OTLP
    }

    public TracingSettings {
        require(ratio >= 0 && ratio <= 1, "ratio must be 0 to 1, was %s", ratio);
        require(
                exporter == Exporter.NONE || endpoint.matches("https?://[^/\\s]+/\\S*"),
                "endpoint is an address such as http://127.0.0.1:4318/v1/traces, found '%s'",
                endpoint);
    }
}
