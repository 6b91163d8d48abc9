package dev.glimpse.trace;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Spans of committed passages out, over OTLP, by the names of OpenTelemetry's conventions for messaging:
 *
 * <pre>
 *   process frames    CONSUMER, child of the sender's span: from the poll to the commit
 *     wait, decode, queue, look    INTERNAL
 *     send captions   PRODUCER, the parent that the outcome names: its transaction
 * </pre>
 *
 * Spans wait for the network in a queue of fixed length on a thread of their own; what finds no room there is dropped.
 */
final class OtlpTracing implements Tracing {
    private static final AttributeKey<String> SERVICE = AttributeKey.stringKey("service.name");
    private static final AttributeKey<String> INSTANCE = AttributeKey.stringKey("service.instance.id");
    private static final AttributeKey<String> SYSTEM = AttributeKey.stringKey("messaging.system");
    private static final AttributeKey<String> OPERATION = AttributeKey.stringKey("messaging.operation.name");
    private static final AttributeKey<String> OPERATION_TYPE = AttributeKey.stringKey("messaging.operation.type");
    private static final AttributeKey<String> DESTINATION = AttributeKey.stringKey("messaging.destination.name");
    private static final AttributeKey<String> PARTITION = AttributeKey.stringKey("messaging.destination.partition.id");
    private static final AttributeKey<Long> OFFSET = AttributeKey.longKey("messaging.kafka.offset");
    private static final AttributeKey<String> GROUP = AttributeKey.stringKey("messaging.consumer.group.name");
    private static final AttributeKey<String> MESSAGE = AttributeKey.stringKey("messaging.message.id");
    private static final AttributeKey<String> CAMERA = AttributeKey.stringKey("glimpse.camera");
    private static final AttributeKey<String> OUTCOME = AttributeKey.stringKey("glimpse.outcome");

    private static final Duration ANSWER = Duration.ofSeconds(2);
    private static final Duration CONNECT = Duration.ofSeconds(1);
    private static final Duration GATHER = Duration.ofSeconds(1);
    private static final long CLOSE_MILLIS = 500;
    private static final String HEADER = "traceparent";

    private final String group;
    private final SdkTracerProvider provider;
    private final Tracer tracer;

    OtlpTracing(TracingSettings settings, String worker, String group) {
        this.group = group;
        OtlpHttpSpanExporter exporter = OtlpHttpSpanExporter.builder()
                .setEndpoint(settings.endpoint())
                .setCompression("gzip")
                .setConnectTimeout(CONNECT)
                .setTimeout(ANSWER)
                .build();
        this.provider = SdkTracerProvider.builder()
                .setResource(Resource.create(Attributes.of(SERVICE, "glimpse", INSTANCE, worker)))
                .setSampler(Sampler.parentBased(Sampler.traceIdRatioBased(settings.ratio())))
                .addSpanProcessor(BatchSpanProcessor.builder(new LoudExporter(exporter, settings.endpoint()))
                        .setScheduleDelay(GATHER)
                        .setExporterTimeout(ANSWER)
                        .build())
                .build();
        this.tracer = provider.get("dev.glimpse");
    }

    @Override
    public Trace follow(Passage passage, Instant now) {
        String input = passage.position().partition().topic();
        Span process = tracer.spanBuilder("process " + input)
                .setParent(parent(passage.traceparent()))
                .setSpanKind(SpanKind.CONSUMER)
                .setStartTimestamp(passage.received())
                .startSpan();
        Context within = Context.root().with(process);
        Span send = tracer.spanBuilder("send " + passage.output())
                .setParent(within)
                .setSpanKind(SpanKind.PRODUCER)
                .setStartTimestamp(now)
                .startSpan();
        return new Recorded(passage, process, within, send);
    }

    @Override
    public void close() {
        provider.shutdown().join(CLOSE_MILLIS, TimeUnit.MILLISECONDS);
    }

    private final class Recorded implements Trace {
        private final Passage passage;
        private final Span process;
        private final Context within;
        private final Span send;

        Recorded(Passage passage, Span process, Context within, Span send) {
            this.passage = passage;
            this.process = process;
            this.within = within;
            this.send = send;
        }

        @Override
        public Optional<String> traceparent() {
            Map<String, String> headers = new HashMap<>();
            W3CTraceContextPropagator.getInstance()
                    .inject(Context.root().with(send), headers, (into, name, value) -> headers.put(name, value));
            return Optional.ofNullable(headers.get(HEADER));
        }

        @Override
        public void committed(Instant when) {
            if (!process.isRecording()) {
                return;
            }
            Instant from = passage.received();
            for (Passage.Step step : passage.steps()) {
                Instant to = from.plusNanos((long) (step.millis() * 1e6));
                tracer.spanBuilder(step.name())
                        .setParent(within)
                        .setStartTimestamp(from)
                        .startSpan()
                        .end(to);
                from = to;
            }
            send.setAllAttributes(operation("send", passage.output()).build()).end(when);
            process.setAllAttributes(taken()).end(when);
        }

        private Attributes taken() {
            AttributesBuilder attributes = operation(
                            "process", passage.position().partition().topic())
                    .put(
                            PARTITION,
                            Integer.toString(passage.position().partition().number()))
                    .put(OFFSET, passage.position().offset())
                    .put(GROUP, group)
                    .put(OUTCOME, passage.outcome());
            passage.camera().ifPresent(camera -> attributes.put(CAMERA, camera));
            passage.id().ifPresent(id -> attributes.put(MESSAGE, id));
            return attributes.build();
        }
    }

    private static AttributesBuilder operation(String name, String topic) {
        return Attributes.builder()
                .put(SYSTEM, "kafka")
                .put(OPERATION, name)
                .put(OPERATION_TYPE, name)
                .put(DESTINATION, topic);
    }

    private static Context parent(Optional<String> traceparent) {
        return traceparent.isEmpty()
                ? Context.root()
                : W3CTraceContextPropagator.getInstance().extract(Context.root(), traceparent.get(), OneHeader.ONLY);
    }

    /** A carrier that is the header itself. */
    private enum OneHeader implements TextMapGetter<String> {
        ONLY;

        @Override
        public Iterable<String> keys(String carrier) {
            return List.of(HEADER);
        }

        @Override
        public @Nullable String get(@Nullable String carrier, String key) {
            return key.equals(HEADER) ? carrier : null;
        }
    }
}
