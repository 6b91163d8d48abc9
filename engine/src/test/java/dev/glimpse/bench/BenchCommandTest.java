package dev.glimpse.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.glimpse.bundle.Bundle;
import dev.glimpse.bundle.Golden;
import dev.glimpse.captioner.RuleBundle;
import dev.glimpse.cli.Cli;
import dev.glimpse.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchCommandTest {
    @TempDir
    static Path folder;

    private static String bundle = "";

    @BeforeAll
    static void write() {
        Golden answer = new Golden(
                Bundle.ANSWER,
                1e-4,
                Map.of(
                        "question", Golden.Tensor.of(new long[] {2, 9, 3, 0, 0}, 1, 5),
                        "boxes", Golden.Tensor.of(new float[12], 1, 3, 4),
                        "scores", Golden.Tensor.of(new float[] {.75f, .5f, 0}, 1, 3),
                        "features", Golden.Tensor.of(new float[6], 1, 3, 2)),
                Map.of(
                        "logits", Golden.Tensor.of(new float[] {3, 2.5f, -100}, 1, 3),
                        "evidence", Golden.Tensor.of(new float[] {.75f, .5f, 0}, 1, 3)));
        bundle = folder.resolve("rules").toString();
        RuleBundle.write(Path.of(bundle), RuleBundle.GRAPHS, answer).close();
    }

    private record Outcome(int exit, String out, String err) {}

    private static Outcome run(String... arguments) {
        PrintStream out = System.out;
        PrintStream err = System.err;
        ByteArrayOutputStream outBytes = new ByteArrayOutputStream();
        ByteArrayOutputStream errBytes = new ByteArrayOutputStream();
        try {
            System.setOut(new PrintStream(outBytes, true, StandardCharsets.UTF_8));
            System.setErr(new PrintStream(errBytes, true, StandardCharsets.UTF_8));
            int exit = Cli.run(new BenchCommand(), arguments);
            return new Outcome(
                    exit, outBytes.toString(StandardCharsets.UTF_8), errBytes.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
    }

    @Test
    void picturesPrintOneLinePerBatchSize() {
        Outcome outcome =
                run("pictures", "--bundle", bundle, "--batch", "1,2", "--seconds", "1", "--engine", "onnxruntime");
        assertThat(outcome.exit).isZero();
        assertThat(outcome.out.lines()).hasSize(5);
    }

    @Test
    void enginesReportsEveryGraphAtEveryBatchAndTheDifferenceFromTheExporter() throws IOException {
        Path file = folder.resolve("report.json");
        Outcome outcome =
                run("engines", "--bundle", bundle, "--batch", "2,1", "--seconds", ".05", "--json", file.toString());
        assertThat(outcome.exit).isZero();
        JsonNode report =
                Json.mapper().readTree(Files.readAllBytes(file)).path("reports").path(0);
        assertThat(report.path("engine").asText()).startsWith("onnxruntime");
        assertThat(report.path("precision").asText()).isEqualTo("fp32");
        assertThat(report.path("graphs")).hasSize(4);
        JsonNode answer = report.path("graphs").path("answer.onnx");
        assertThat(answer.path("difference").asDouble()).isBetween(0., 1e-4);
        assertThat(report.path("graphs").path("step.onnx").path("difference").asDouble())
                .isEqualTo(-1);
        assertThat(answer.path("latency").path("2").path("runs").asInt()).isGreaterThanOrEqualTo(5);
        assertThat(answer.path("latency").path("1").path("p99").asDouble())
                .isGreaterThanOrEqualTo(
                        answer.path("latency").path("1").path("p50").asDouble());
        assertThat(report.path("pictures").path(0).path("batch").asInt()).isEqualTo(1);
        assertThat(report.path("pictures").path(1).path("captionsPerSecond").asDouble())
                .isPositive();
        assertThat(outcome.out).contains(report.path("summary").asText()).contains("captions/s in batches of 2");
    }

    @Test
    void batchOfNothingIsRefused() {
        Outcome outcome = run("engines", "--bundle", bundle, "--batch", "0");
        assertThat(outcome.exit).isEqualTo(1);
        assertThat(outcome.err).contains("batch sizes are 1 to 256");
    }

    @Test
    void whatToMeasureHasToBeTold() {
        Outcome outcome = run();
        assertThat(outcome.exit).isEqualTo(2);
        assertThat(outcome.err)
                .contains("tell what to measure")
                .contains("engines")
                .contains("pictures");
    }
}
