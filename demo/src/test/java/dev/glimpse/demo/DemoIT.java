package dev.glimpse.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.glimpse.captioner.Captioner;
import dev.glimpse.client.StopSignal;
import dev.glimpse.edge.EdgeRuntime;
import dev.glimpse.edge.EdgeSettings;
import dev.glimpse.error.UserError;
import dev.glimpse.fault.site.HashingCaptioner;
import dev.glimpse.web.ModelCard;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The whole demo with a stub model. */
@Timeout(180)
class DemoIT {
    private static final DemoReport.Bundle STUB = new DemoReport.Bundle("stub", HashingCaptioner.DIGEST);

    @TempDir
    private Path work;

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    @BeforeEach
    void keepKafkaQuiet() {
        BrokerLog.to(work.resolve("kafka.log"));
    }

    @Test
    void everyFrameOfEveryCameraHasItsOutcome() throws Exception {
        try (StopSignal stop = new StopSignal()) {
            DemoReport report = demo(2, 20, 4, () -> new HashingCaptioner(HashingCaptioner.DIGEST, 1_000))
                    .run(stop);
            assertThat(report.sent()).isBetween(20L, 200L);
            assertThat(report.captions() + report.skipped() + report.rejected()).isEqualTo(report.sent());
            assertThat(report.received()).isEqualTo(report.sent());
            assertThat(report.captions()).isPositive();
            assertThat(report.rejected()).isZero();
            assertThat(report.captionsPerSecond()).isPositive();
            assertThat(report.latencyMs().p50())
                    .isBetween(1L, report.latencyMs().p99());
            assertThat(report.bundle()).isEqualTo(STUB);
            assertThat(said.toString(StandardCharsets.UTF_8)).contains("page    http://127.0.0.1:");
        }
    }

    @Test
    void overloadedModelSkipsAndLosesNothing() throws Exception {
        try (StopSignal stop = new StopSignal()) {
            DemoReport report = demo(2, 40, 4, () -> new HashingCaptioner(HashingCaptioner.DIGEST, 200_000))
                    .run(stop);
            assertThat(report.skipped()).isPositive();
            assertThat(report.captions() + report.skipped()).isEqualTo(report.sent());
        }
    }

    @Test
    void signalEndsTheDemoInOrder() throws Exception {
        try (StopSignal stop = new StopSignal()) {
            stop.set();
            DemoReport report = demo(1, 5, 600, () -> new HashingCaptioner(HashingCaptioner.DIGEST, 1_000))
                    .run(stop);
            assertThat(report.captions() + report.skipped()).isEqualTo(report.sent());
        }
    }

    @Test
    void modelThatDoesNotOpenEndsTheDemoWithItsReason() {
        try (StopSignal stop = new StopSignal()) {
            Demo demo = demo(1, 5, 600, () -> {
                throw new UserError("the bundle is damaged");
            });
            assertThatThrownBy(() -> demo.run(stop))
                    .isInstanceOf(UserError.class)
                    .hasMessageContaining("the bundle is damaged");
        }
    }

    private Demo demo(int cameras, double fps, int seconds, Supplier<Captioner> captioner) {
        var settings = new DemoSettings(cameras, fps, 0, Optional.of(Duration.ofSeconds(seconds)), Path.of("none"));
        PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
        return new Demo(settings, STUB, edge -> runtime(edge, captioner), out);
    }

    private static EdgeRuntime runtime(EdgeSettings edge, Supplier<Captioner> captioner) {
        return new EdgeRuntime(
                edge, new ModelCard("stub", "fp32", 0, JsonNodeFactory.instance.objectNode()), captioner);
    }
}
