package dev.glimpse.decoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.glimpse.cli.Cli;
import dev.glimpse.error.UserError;
import dev.glimpse.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchDecodingCommandTest {
    private static final String SETTINGS = """
            detector: {network: {feature: 7}}
            text: {vocabulary: 40}
            fusion:
              layers: 3
              width: 12
              heads: 3
              feedForward: 20
              dropout: 0.1
              layout: {caption: 6, tags: 5, regions: 4, question: 7}
            """;

    @TempDir
    Path folder;

    private Path settings;

    @BeforeEach
    void write() throws IOException {
        settings = Files.writeString(folder.resolve("small.yaml"), SETTINGS);
    }

    private record Outcome(int exit, String out, String err) {}

    private static Outcome run(Object... arguments) {
        PrintStream out = System.out;
        PrintStream err = System.err;
        ByteArrayOutputStream outBytes = new ByteArrayOutputStream();
        ByteArrayOutputStream errBytes = new ByteArrayOutputStream();
        try {
            System.setOut(new PrintStream(outBytes, true, StandardCharsets.UTF_8));
            System.setErr(new PrintStream(errBytes, true, StandardCharsets.UTF_8));
            String[] words = Arrays.stream(arguments).map(Object::toString).toArray(String[]::new);
            int exit = Cli.run(new BenchDecodingCommand(), words);
            return new Outcome(
                    exit, outBytes.toString(StandardCharsets.UTF_8), errBytes.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
    }

    @Test
    void everyBatchSizeHasItsLineAndItsFigures() throws IOException {
        Path json = folder.resolve("decoding.json");
        Outcome outcome = run(settings, "--words", 9, "--batch", "1,3", "--runs", 2, "--json", json);
        assertThat(outcome.err).isEmpty();
        assertThat(outcome.exit).isZero();
        assertThat(outcome.out).contains("3 layers, 12 wide, 11 + 5 + 4 tokens", "9 words");
        JsonNode report = Json.mapper().readTree(Files.readAllBytes(json));
        assertThat(report.path("layout").path("caption").asInt()).isEqualTo(11);
        assertThat(report.path("fusion").path("positions").asInt()).isEqualTo(16);
        assertThat(report.path("batches").findValuesAsText("batch")).containsExactly("1", "3");
        for (JsonNode batch : report.path("batches")) {
            for (String what : new String[] {"cached", "anew", "ratio"}) {
                assertThat(batch.path(what).path("least").asDouble())
                        .isPositive()
                        .isLessThanOrEqualTo(batch.path(what).path("median").asDouble());
            }
        }
    }

    @Test
    void otherWordsAreAnError() {
        int[][] said = {{7, 8}, {9, 5}};
        DecodingBench.requireSame(2, said, new int[][] {{7, 8}, {9, 5}});
        assertThatThrownBy(() -> DecodingBench.requireSame(2, said, new int[][] {{7, 8}, {9, 6}}))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("batch 2, row 1: expected the same words both ways, found [9, 5]");
    }

    @Test
    void aSizeThatIsMissingOrNoNumberIsNamed() throws IOException {
        Files.writeString(settings, SETTINGS.replace("heads: 3", "heads: many"));
        assertThat(run(settings))
                .isEqualTo(new Outcome(
                        1,
                        "",
                        "glimpse: " + settings
                                + ": expected a whole number at fusion.heads, found \"many\". Name the settings of a"
                                + " training run, such as configs/tiny/student.yaml\n"));
        Files.writeString(settings, "name: edge");
        assertThat(run(settings).err).contains("expected a whole number at fusion.layout.tags, found nothing");
        assertThat(run(folder.resolve("none.yaml")).err).contains("expected a settings file in YAML, found none");
    }

    @Test
    void numbersOutOfRangeAreRefused() {
        assertThat(run(settings, "--words", 0).err).contains("--words: expected 1 to 256, found 0");
        assertThat(run(settings, "--batch", "4,0").err).contains("--batch: expected batch sizes of 1 to 256");
        assertThat(run(settings, "--runs", 0).err).contains("--runs: expected at least 1, found 0");
        assertThat(run(settings, "--words", "many").exit).isEqualTo(2);
    }
}
