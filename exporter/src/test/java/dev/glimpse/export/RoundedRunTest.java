package dev.glimpse.export;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.glimpse.bundle.Bundle;
import dev.glimpse.bundle.BundleReader;
import dev.glimpse.bundle.Certificate;
import dev.glimpse.json.Json;
import dev.glimpse.picture.Picture;
import dev.glimpse.picture.PictureEncoder;
import dev.glimpse.precision.ProbingEngine;
import dev.glimpse.size.DetectorSize;
import dev.glimpse.size.DetectorSize.Backbone;
import dev.glimpse.size.DetectorSize.BackboneKind;
import dev.glimpse.size.FusionSize;
import dev.glimpse.size.TokenLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A random run and four drawn pictures through the whole way to a signed 8-bit bundle. */
class RoundedRunTest {
    private static final DetectorSize DETECTOR = new DetectorSize(
            64,
            64,
            new Backbone(BackboneKind.PLAIN, 4, List.of(4, 4, 4, 4), List.of(0, 0, 0, 0)),
            4,
            1,
            4,
            40,
            16,
            48,
            2,
            10,
            6,
            .05,
            28,
            15,
            4,
            5);

    @TempDir
    Path folder;

    @Test
    void aRunBecomesASignedBundleOfIntegersThatSaysWhatItLost() throws IOException, NoSuchAlgorithmException {
        Path run = folder.resolve("run");
        RandomRun.write(
                run,
                DETECTOR,
                new FusionSize(1, 8, 2, 16, RandomRun.tinyFusion().vocabulary(), 24, 10, 18),
                new TokenLayout(8, 8, 6, 10));
        KeyPair keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        ExportSettings settings = new ExportSettings(
                "small",
                Precision.INT8,
                false,
                Optional.of(data()),
                4,
                new ExportSettings.Rounding(100, ProbingEngine.Method.ENTROPY, 2, 1),
                Optional.of(comparison()),
                Optional.of(models(new RunFiles(run).parameters())),
                Optional.of(keys.getPrivate()));
        List<String> log = new ArrayList<>();
        Path target = folder.resolve("bundle");
        Exporter.export(run, target, settings, log::add).bundle().close();
        try (Bundle bundle = BundleReader.open(target, Optional.of(keys.getPublic()))) {
            Certificate certificate = bundle.certificate().orElseThrow();
            assertThat(bundle.manifest().precision())
                    .isEqualTo(certificate.precision())
                    .isEqualTo("int8");
            assertThat(certificate.heldOut())
                    .extracting(Certificate.HeldOut::split)
                    .containsExactly("test", "val");
            assertThat(certificate.heldOut())
                    .extracting(Certificate.HeldOut::pictures)
                    .containsExactly(0, 4);
            assertThat(certificate.heldOut().get(0).cider()).isEqualTo(2.5);
            assertThat(certificate.networks())
                    .containsExactly(
                            new Certificate.NetworkCost("teacher", 400, 12, 9000, 50),
                            new Certificate.NetworkCost("student", new RunFiles(run).parameters(), 12, 500, 5));
            assertThat(certificate.calibration()).containsOnlyKeys("caption", "answer");
            assertThat(certificate.rounding().path("ranges").asText()).isEqualTo("entropy");
            assertThat(certificate.rounding().path("sensitivity").size())
                    .isEqualTo(certificate.rounding().path("layers").asInt());
            assertThat(bundle.manifest().temperatures().caption())
                    .isEqualTo(requireNonNull(certificate.calibration().get("caption"))
                            .temperature());
            assertThat(new String(bundle.read("MODEL_CARD.md"), java.nio.charset.StandardCharsets.UTF_8))
                    .contains("## 8-bit layers", "| exported | val | 4 |");
        }
        assertThat(log).anyMatch(line -> line.startsWith("float: CIDEr-D"));
    }

    /** One arm with two seeds. */
    private Path comparison() {
        Path file = folder.resolve("ablation.json");
        Json.write(
                file,
                List.of(
                        Map.of("arm", "none", "seed", 1, "cider", 2, "vqa", 80),
                        Map.of("arm", "none", "seed", 2, "cider", 3, "vqa", 82)));
        return file;
    }

    /** What bench models writes, as far as an export reads it. */
    private Path models(long parameters) {
        Path file = folder.resolve("models.json");
        Json.write(
                file, Map.of("words", 12, "teacher", cost(400, 9000, 40, 10), "student", cost(parameters, 500, 4, 1)));
        return file;
    }

    private static Map<String, Object> cost(long parameters, long multiplyAdds, double detect, double caption) {
        return Map.of(
                "size", Map.of("parameters", parameters, "multiplyAdds", multiplyAdds),
                "detect", Map.of("median", detect),
                "caption", Map.of("median", caption));
    }

    /** Four pictures of split val, each with two captions and a question. */
    private Path data() throws IOException {
        Path data = folder.resolve("data");
        Path images = Files.createDirectories(data.resolve("images/val"));
        Path annotations = Files.createDirectories(data.resolve("annotations"));
        List<Map<String, Object>> files = new ArrayList<>();
        List<Map<String, Object>> captions = new ArrayList<>();
        List<Map<String, Object>> questions = new ArrayList<>();
        List<Map<String, Object>> answers = new ArrayList<>();
        for (int i = 1; i <= 4; i++) {
            Picture picture = new Picture(64, 64, TestPicture.draw(64, 64, i));
            Files.write(images.resolve(i + ".jpg"), PictureEncoder.jpeg(picture, 90));
            files.add(Map.of("id", i, "file_name", i + ".jpg"));
            captions.add(Map.of("image_id", i, "caption", "a red ball " + i));
            captions.add(Map.of("image_id", i, "caption", "the ball is red"));
            questions.add(Map.of("question_id", i, "image_id", i, "question", "is there a ball?"));
            answers.add(Map.of(
                    "question_id",
                    i,
                    "image_id",
                    i,
                    "question_type",
                    "is there a",
                    "answer_type",
                    "yes/no",
                    "answers",
                    List.of("yes", "yes", "yes", "no")));
        }
        Json.write(annotations.resolve("captions_val.json"), Map.of("images", files, "annotations", captions));
        Json.write(annotations.resolve("questions_val.json"), Map.of("questions", questions));
        Json.write(annotations.resolve("annotations_val.json"), Map.of("annotations", answers));
        return data;
    }
}
