package dev.glimpse.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.glimpse.json.Json;
import dev.glimpse.scene.SceneCamera;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class DemoFiguresTest {
    @Test
    void quantileIsTheSmallestLatencyThatTheShareDoesNotExceed() {
        Latencies latencies = new Latencies();
        assertThat(latencies.quantile(.99)).isZero();
        for (int millis = 1; millis <= 100; millis++) {
            latencies.add(millis);
        }
        assertThat(latencies.quantile(.5)).isEqualTo(50);
        assertThat(latencies.quantile(.9)).isEqualTo(90);
        assertThat(latencies.quantile(.99)).isEqualTo(99);
        assertThat(latencies.quantile(1)).isEqualTo(100);
    }

    @Test
    void latenciesBeyondTheScaleCountAsItsEnds() {
        Latencies latencies = new Latencies();
        latencies.add(-5);
        latencies.add(1_000_000);
        assertThat(latencies.quantile(.5)).isZero();
        assertThat(latencies.quantile(1)).isEqualTo(60_000);
    }

    @Test
    void captionsOfTheTruthItselfScoreHighAndOthersDoNot() {
        LiveCaptions right = new LiveCaptions();
        LiveCaptions wrong = new LiveCaptions();
        SceneCamera camera = new SceneCamera(5, 160, 120, .05);
        for (int i = 0; i < 10; i++) {
            List<String> truth = camera.next().truth().captions();
            right.sent("f" + i, truth);
            right.captioned("f" + i, truth.get(0));
            wrong.sent("f" + i, truth);
            wrong.captioned("f" + i, "nothing of this kind");
            wrong.captioned("somebody else's", truth.get(0));
        }
        assertThat(right.cider()).isGreaterThan(2);
        assertThat(wrong.cider()).isLessThan(.2);
        assertThat(new LiveCaptions().cider()).isZero();
    }

    @Test
    void peakMemoryIsThatOfThisProcess() {
        assertThat(Memory.peakRssMb()).isBetween(30L, 100_000L);
    }

    @Test
    void reportHasExactlyTheseKeys() throws IOException {
        DemoReport report = new DemoReport(
                10, 10, 8, 1, 1, 4.5, new DemoReport.Latency(1, 2, 3), .9, 500, new DemoReport.Bundle("tiny", "abc"));
        JsonNode json = Json.mapper().readTree(Json.bytes(report));
        assertThat(json.fieldNames())
                .toIterable()
                .containsExactly(
                        "sent",
                        "received",
                        "captions",
                        "skipped",
                        "rejected",
                        "captionsPerSecond",
                        "latencyMs",
                        "cider",
                        "peakRssMb",
                        "bundle");
        assertThat(json.get("latencyMs").fieldNames()).toIterable().containsExactly("p50", "p90", "p99");
        assertThat(report.text())
                .contains("captions    8 (80.0 %), 4.5 a second")
                .contains("bundle      tiny abc");
    }
}
