package dev.glimpse.captioner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.glimpse.bundle.Bundle;
import dev.glimpse.bundle.Golden;
import dev.glimpse.cli.Cli;
import dev.glimpse.device.TensorRtPresence;
import dev.glimpse.heldout.VerifyCommand;
import dev.glimpse.json.Json;
import dev.glimpse.picture.Picture;
import dev.glimpse.picture.PictureDecoder;
import dev.glimpse.picture.PictureEncoder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandsTest {
    @TempDir
    static Path folder;

    private static String bundle = "";
    private static String red = "";
    private static String green = "";

    @BeforeAll
    static void write() throws IOException {
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
        RuleBundle.write(folder.resolve("rules"), RuleBundle.GRAPHS, answer).close();
        red = picture("red.jpg", 200, 100);
        green = picture("green.jpg", 100, 200);
    }

    private static String picture(String name, int red, int green) throws IOException {
        byte[] rgb = new byte[64 * 64 * 3];
        for (int i = 0; i < rgb.length; i += 3) {
            rgb[i] = (byte) red;
            rgb[i + 1] = (byte) green;
        }
        return Files.write(folder.resolve(name), PictureEncoder.jpeg(new Picture(64, 64, rgb), 95))
                .toString();
    }

    private record Outcome(int exit, String out, String err) {}

    /** Runs a command as the process would, with stdout and stderr caught. */
    private static Outcome run(Callable<Integer> command, String... arguments) {
        PrintStream out = System.out;
        PrintStream err = System.err;
        ByteArrayOutputStream outBytes = new ByteArrayOutputStream();
        ByteArrayOutputStream errBytes = new ByteArrayOutputStream();
        try {
            System.setOut(new PrintStream(outBytes, true, StandardCharsets.UTF_8));
            System.setErr(new PrintStream(errBytes, true, StandardCharsets.UTF_8));
            int exit = Cli.run(command, arguments);
            return new Outcome(
                    exit, outBytes.toString(StandardCharsets.UTF_8), errBytes.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
    }

    @Test
    void everyPictureIsOneLineOfJson() throws IOException {
        Outcome outcome = run(new CaptionCommand(), red, green, "--bundle", bundle, "--json", "--question", "what");
        assertThat(outcome.exit).isZero();
        List<String> lines = outcome.out.lines().toList();
        assertThat(lines).hasSize(2);
        JsonNode line = Json.mapper().readTree(lines.get(1));
        assertThat(line.path("file").asText()).isEqualTo(green);
        assertThat(line.path("caption").asText()).isEqualTo("green red");
        assertThat(line.path("confidence").asDouble()).isBetween(.9, 1.);
        assertThat(line.path("millis").asDouble()).isPositive();
        assertThat(line.path("answer").asText()).isEqualTo("many");
        assertThat(line.path("answerConfidence").asDouble()).isBetween(.9, 1.);
        JsonNode region = line.path("regions").path(0);
        assertThat(region.path("tag").asText()).isEqualTo("green");
        assertThat(region.path("score").asDouble()).isBetween(.75, .82);
        assertThat(region.path("box")).hasSize(4);
        assertThat(region.path("box").path(2).asDouble()).isEqualTo(64);
    }

    @Test
    void filesThatAreNoPicturesCostOneMessageEachAndTheOthersAreCaptioned() throws IOException {
        Path text = Files.writeString(folder.resolve("notes.jpg"), "These are the notes of a long day at sea.");
        Path empty = Files.write(folder.resolve("empty.jpg"), new byte[0]);
        byte[] whole = Files.readAllBytes(Path.of(red));
        Path cut = Files.write(folder.resolve("cut.jpg"), Arrays.copyOf(whole, whole.length / 2));
        Path none = folder.resolve("none.jpg");
        Outcome outcome = run(
                new CaptionCommand(),
                text.toString(),
                empty.toString(),
                red,
                cut.toString(),
                none.toString(),
                folder.toString(),
                green,
                "--bundle",
                bundle);
        assertThat(outcome.exit).isEqualTo(1);
        assertThat(outcome.out.lines())
                .satisfiesExactly(line -> assertThat(line).startsWith(red + ": red green ("), line -> assertThat(line)
                        .startsWith(green + ": green red ("));
        assertThat(outcome.err.lines())
                .satisfiesExactly(
                        line -> assertThat(line).contains("notes.jpg").contains("give a JPEG or PNG file"),
                        line -> assertThat(line).contains("empty.jpg").contains("copy it again"),
                        line -> assertThat(line).contains("cut.jpg").contains("copy it again"),
                        line -> assertThat(line).contains("none.jpg").contains("no such file"),
                        line -> assertThat(line)
                                .contains(folder.toString())
                                .contains("a directory; name the pictures in it"));
    }

    @Test
    void drawingHasATitleAboveThePictureAndBoxesInIt() throws Exception {
        Path drawings = folder.resolve("drawings");
        assertThat(run(new CaptionCommand(), red, "--bundle", bundle, "--draw", drawings.toString()).exit)
                .isZero();
        Picture drawing = PictureDecoder.decode(Files.readAllBytes(drawings.resolve("red.jpg")));
        assertThat(drawing.width()).isEqualTo(320); // five times the 64 pixels of the picture
        assertThat(drawing.height()).isGreaterThan(320);
        int middle = 3 * ((drawing.height() - 40) * drawing.width() + 160);
        assertThat(drawing.rgb()[middle] & 0xFF).isCloseTo(200, within(6));
        assertThat(drawing.rgb()[0] & 0xFF).isLessThan(60); // the title's ground
    }

    @Test
    void noPictureIsWrongUse() {
        assertThat(run(new CaptionCommand(), "--bundle", bundle).exit).isEqualTo(2);
    }

    @Test
    void missingBundleIsRefusedByName() {
        Outcome outcome = run(new CaptionCommand(), red, "--bundle", "/nowhere/bundle");
        assertThat(outcome.exit).isEqualTo(1);
        assertThat(outcome.err).contains("/nowhere/bundle").doesNotContain("\tat ");
    }

    @Test
    void inspectTellsPathDigestFilesAndSizes() throws IOException {
        Outcome outcome = run(new InspectCommand(), bundle, "--json", "--engines");
        JsonNode all = Json.mapper().readTree(outcome.out);
        assertThat(all.path("path").asText()).isEqualTo(bundle);
        assertThat(all.path("digest").asText()).matches("[0-9a-f]{64}");
        assertThat(all.path("files").path("step.onnx").path("sha256").asText()).matches("[0-9a-f]{64}");
        assertThat(all.path("layout").path("caption").asInt()).isEqualTo(6);
        assertThat(all.path("engines").fieldNames().next()).startsWith("onnxruntime");
        assertThat(all.path("engines").path("auto").asText()).isIn("onnxruntime", "tensorrt");
        assertThat(run(new InspectCommand(), bundle).out)
                .contains("step.onnx")
                .contains("logits float[-1,12]")
                .contains(all.path("digest").asText());
    }

    @Test
    void verificationRunsTheGoldenInputs() {
        Outcome outcome = run(new VerifyCommand(), bundle);
        assertThat(outcome.err).isEmpty();
        assertThat(outcome.exit).isZero();
        assertThat(outcome.out).contains("golden/answer.json").contains("1 golden runs agree");
    }

    @Test
    void fullVerificationNeedsACertificateWithFigures() {
        Outcome outcome = run(new VerifyCommand(), bundle, "--full");
        assertThat(outcome.exit).isEqualTo(1);
        assertThat(outcome.err).contains("expected a certificate with figures to compare with, found none");
    }

    @Test
    void engineAskedForByNameSaysWhyItWasChosen() {
        Outcome outcome = run(new VerifyCommand(), bundle, "--engine", "onnxruntime");
        assertThat(outcome.exit).isZero();
        assertThat(outcome.err.lines()).containsExactly("glimpse: engine onnxruntime, as asked for");
        assertThat(run(new VerifyCommand(), bundle, "--engine", "caffe").exit).isEqualTo(2);
    }

    @Test
    void tensorRtOnAMachineWithoutItIsAnErrorThatNamesWhatIsMissing() {
        Optional<String> missing = TensorRtPresence.find().missing();
        assumeTrue(missing.isPresent(), "this machine has TensorRT");
        Outcome outcome = run(new CaptionCommand(), red, "--bundle", bundle, "--engine", "tensorrt");
        assertThat(outcome.exit).isEqualTo(1);
        assertThat(outcome.out).isEmpty();
        assertThat(outcome.err).contains(missing.get()).doesNotContain("\tat ");
    }

    @Test
    void goldenRunThatDisagreesIsRefusedWithTheDifference() {
        Golden wrong = new Golden(
                Bundle.ENCODE,
                1e-4,
                Map.of(
                        "tags", Golden.Tensor.of(new long[] {5, 3, 0, 0, 0}, 1, 5),
                        "boxes", Golden.Tensor.of(new float[12], 1, 3, 4),
                        "scores", Golden.Tensor.of(new float[3], 1, 3),
                        "features", Golden.Tensor.of(new float[6], 1, 3, 2)),
                Map.of(
                        "context_keys", Golden.Tensor.of(new float[] {5, 4, 0, 0, 0, 0, 0, 0}, 1, 1, 1, 8, 1),
                        "context_values", Golden.Tensor.of(new float[] {5, 3, 0, 0, 0, 0, 0, 0}, 1, 1, 1, 8, 1),
                        "context_mask",
                                Golden.Tensor.of(
                                        new float[] {0, 0, -10000, -10000, -10000, -10000, -10000, -10000}, 1, 8)));
        Path other = folder.resolve("disagrees");
        RuleBundle.write(other, RuleBundle.GRAPHS, wrong).close();
        Outcome outcome = run(new VerifyCommand(), other.toString());
        assertThat(outcome.exit).isEqualTo(1);
        // Found 3, expected 4: 1 / (1 + 4).
        assertThat(outcome.err)
                .contains("encode.onnx gives context_keys")
                .contains("differs from the exporter's by 0.200");
    }

    @Test
    void flippedBitIsRefused() throws IOException {
        Path damaged = folder.resolve("damaged");
        RuleBundle.write(damaged, RuleBundle.GRAPHS).close();
        byte[] step = Files.readAllBytes(damaged.resolve("step.onnx"));
        step[step.length / 2] ^= 1;
        Files.write(damaged.resolve("step.onnx"), step);
        Outcome outcome = run(new VerifyCommand(), damaged.toString());
        assertThat(outcome.exit).isEqualTo(1);
        assertThat(outcome.err).contains("step.onnx").contains("SHA-256");
    }
}
