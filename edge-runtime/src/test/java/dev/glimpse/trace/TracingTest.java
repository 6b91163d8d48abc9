package dev.glimpse.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.glimpse.error.UserError;
import dev.glimpse.ledger.Partition;
import dev.glimpse.ledger.Position;
import dev.glimpse.trace.TracingSettings.Exporter;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TracingTest {
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String PARENT = "b7ad6b7169203331";
    private static final Optional<String> SAMPLED = Optional.of("00-" + TRACE + "-" + PARENT + "-01");
    private static final Optional<String> UNSAMPLED = Optional.of("00-" + TRACE + "-" + PARENT + "-00");
    private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");
    private static final int CONSUMER = 5;
    private static final int PRODUCER = 4;
    private static final int INTERNAL = 1;

    private final Collector collector;

    TracingTest() throws IOException {
        collector = new Collector();
    }

    @AfterEach
    void stop() {
        collector.close();
    }

    @Test
    void committedFrameBecomesSpansOfItsSendersTrace() {
        Tracing tracing = to(collector.endpoint(), 0);
        Tracing.Trace trace = tracing.follow(passage(SAMPLED), NOON.plusMillis(100));
        String out = trace.traceparent().orElseThrow();
        trace.committed(NOON.plusMillis(120));
        tracing.close();

        var process = collector.span("process frames");
        var send = collector.span("send captions");
        assertThat(collector.spans).hasSize(6).allMatch(span -> span.trace().equals(TRACE));
        assertThat(process.kind()).isEqualTo(CONSUMER);
        assertThat(process.parent()).isEqualTo(PARENT);
        assertThat(millis(process)).containsExactly(0L, 120L);
        assertThat(process.attributes())
                .containsEntry("messaging.system", "kafka")
                .containsEntry("messaging.operation.type", "process")
                .containsEntry("messaging.destination.name", "frames")
                .containsEntry("messaging.destination.partition.id", "3")
                .containsEntry("messaging.kafka.offset", 17L)
                .containsEntry("messaging.consumer.group.name", "glimpse")
                .containsEntry("messaging.message.id", "f-1")
                .containsEntry("glimpse.camera", "gate")
                .containsEntry("glimpse.outcome", "caption");
        assertThat(send.kind()).isEqualTo(PRODUCER);
        assertThat(send.parent()).isEqualTo(process.id());
        assertThat(millis(send)).containsExactly(100L, 120L);
        assertThat(send.attributes()).containsEntry("messaging.destination.name", "captions");
        assertThat(out).isEqualTo("00-" + TRACE + "-" + send.id() + "-01");
        assertThat(collector.span("wait"))
                .matches(span -> span.kind() == INTERNAL && span.parent().equals(process.id()));
        assertThat(millis(collector.span("decode"))).containsExactly(10L, 15L);
        assertThat(millis(collector.span("look"))).containsExactly(15L, 55L);
    }

    @Test
    void frameThatIsNotCommittedLeavesNoSpan() {
        Tracing tracing = to(collector.endpoint(), 1);
        tracing.follow(passage(SAMPLED), NOON);
        tracing.follow(passage(SAMPLED), NOON).committed(NOON.plusMillis(1));
        tracing.close();
        assertThat(collector.spans).hasSize(6).extracting("name").containsOnlyOnce("process frames");
    }

    @Test
    void senderDecidesWhetherItsTraceIsRecorded() {
        Tracing all = to(collector.endpoint(), 1);
        Tracing.Trace trace = all.follow(passage(UNSAMPLED), NOON);
        trace.committed(NOON);
        all.close();
        assertThat(trace.traceparent().orElseThrow())
                .startsWith("00-" + TRACE + "-")
                .endsWith("-00")
                .doesNotContain(PARENT);
        assertThat(collector.spans).isEmpty();
    }

    @Test
    void ratioDecidesAboutTracesThatBeginHere() {
        Tracing half = to(collector.endpoint(), 0.5);
        for (int i = 0; i < 200; i++) {
            half.follow(passage(Optional.empty()), NOON).committed(NOON);
        }
        half.close();
        assertThat(collector.spans.stream()
                        .filter(span -> span.name().equals("process frames"))
                        .count())
                .as("of 200, within five standard deviations")
                .isBetween(65L, 135L);
    }

    @Test
    void collectorThatNeverAnswersHoldsNothingUp() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Tracing tracing = to("http://127.0.0.1:" + silent.getLocalPort() + "/v1/traces", 1);
            long started = System.nanoTime();
            for (int i = 0; i < 10_000; i++) {
                tracing.follow(passage(SAMPLED), NOON).committed(NOON);
            }
            assertThat(since(started)).as("60,000 spans").isLessThan(Duration.ofSeconds(10));
            long closing = System.nanoTime();
            tracing.close();
            assertThat(since(closing)).isLessThan(Duration.ofSeconds(1));
        }
    }

    @Test
    void withoutAnExporterTheContextGoesOnAsItCameAndNothingIsStarted() {
        long before = threads();
        Tracing off = Tracing.of(TracingSettings.OFF, "edge-0", "glimpse");
        assertThat(off).isSameAs(Tracing.OFF);
        assertThat(off.follow(passage(SAMPLED), NOON).traceparent()).isEqualTo(SAMPLED);
        assertThat(off.follow(passage(Optional.empty()), NOON).traceparent()).isEmpty();
        assertThat(threads()).isEqualTo(before);
    }

    @Test
    void exporterNeedsAnAddress() {
        assertThatThrownBy(() -> new TracingSettings(Exporter.OTLP, "127.0.0.1:4318", 0.1))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("http://127.0.0.1:4318/v1/traces, found '127.0.0.1:4318'");
        assertThatThrownBy(() -> new TracingSettings(Exporter.NONE, "", 1.5))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("ratio must be 0 to 1, was 1.5");
    }

    private static Tracing to(String endpoint, double ratio) {
        return Tracing.of(new TracingSettings(Exporter.OTLP, endpoint, ratio), "edge-0", "glimpse");
    }

    private static Passage passage(Optional<String> traceparent) {
        return new Passage(
                new Position(new Partition("frames", 3), 17),
                Optional.of("gate"),
                Optional.of("f-1"),
                traceparent,
                NOON,
                List.of(
                        new Passage.Step("wait", 10),
                        new Passage.Step("decode", 5),
                        new Passage.Step("queue", 0),
                        new Passage.Step("look", 40)),
                "caption",
                "captions");
    }

    /** When a span began and ended, in milliseconds after noon. */
    private static List<Long> millis(Collector.SpanRead span) {
        long noon = NOON.toEpochMilli();
        return List.of(span.started() / 1_000_000 - noon, span.ended() / 1_000_000 - noon);
    }

    private static Duration since(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos);
    }

    private static long threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().contains("BatchSpanProcessor"))
                .count();
    }
}
