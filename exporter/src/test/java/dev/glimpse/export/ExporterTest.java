package dev.glimpse.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.glimpse.bundle.Bundle;
import dev.glimpse.bundle.BundleReader;
import dev.glimpse.bundle.Certificate;
import dev.glimpse.bundle.Manifest;
import dev.glimpse.cli.Cli;
import dev.glimpse.emit.AnswerGraph;
import dev.glimpse.emit.EncodeGraph;
import dev.glimpse.emit.RandomParameters;
import dev.glimpse.emit.StepGraph;
import dev.glimpse.error.UserError;
import dev.glimpse.json.Json;
import dev.glimpse.safetensors.FloatTensor;
import dev.glimpse.size.DetectorSize;
import dev.glimpse.size.DetectorSize.Backbone;
import dev.glimpse.size.DetectorSize.BackboneKind;
import dev.glimpse.size.FusionSize;
import dev.glimpse.size.TokenLayout;
import dev.glimpse.token.WordPieceVocabulary;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExporterTest {
    private static final DetectorSize DETECTOR = new DetectorSize(
            96,
            64,
            new Backbone(BackboneKind.PLAIN, 4, List.of(4, 5, 6, 7), List.of(0, 1, 0, 0)),
            6,
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
    private static final FusionSize FUSION =
            new FusionSize(2, 8, 2, 16, RandomRun.tinyFusion().vocabulary(), 24, 10, 18);
    private static final TokenLayout LAYOUT = new TokenLayout(8, 8, 6, 10);

    @TempDir
    Path folder;

    private Path run;
    private Path target;

    @BeforeEach
    void writeRun() throws IOException {
        run = folder.resolve("run");
        target = folder.resolve("bundle");
        RandomRun.write(run, DETECTOR, FUSION, LAYOUT);
    }

    @Test
    void aRunBecomesABundleWithItsSizesContractsProvenanceAndGoldenRuns() {
        Exporter.export(run, target, ExportSettings.unmeasured("small"), line -> {})
                .bundle()
                .close();
        try (Bundle bundle = BundleReader.open(target)) {
            Manifest manifest = bundle.manifest();
            assertThat(manifest.detector()).isEqualTo(DETECTOR);
            assertThat(manifest.fusion()).isEqualTo(FUSION);
            assertThat(manifest.layout()).isEqualTo(LAYOUT);
            assertThat(manifest.provenance().path("run").path("name").asText()).isEqualTo("random");
            assertThat(manifest.provenance().path("report").path("cider").asInt(-1))
                    .isZero();
            assertThat(manifest.files())
                    .containsKeys(
                            "MODEL_CARD.md",
                            "golden/answer.json",
                            "golden/detector.json",
                            "golden/encode.json",
                            "golden/step-first.json",
                            "golden/step-second.json");
            assertThat(manifest.graphs().get(Bundle.STEP))
                    .extracting(graph ->
                            graph.inputs().stream().map(Object::toString).toList())
                    .asInstanceOf(InstanceOfAssertFactories.LIST)
                    .containsExactlyInAnyOrder(
                            "TensorContract[name=tokens, type=int64, shape=[-1, 2]]",
                            "TensorContract[name=position, type=int64, shape=[1]]",
                            "TensorContract[name=parent, type=int64, shape=[-1]]",
                            "TensorContract[name=keys, type=float, shape=[-1, 2, 2, 8, 4]]",
                            "TensorContract[name=values, type=float, shape=[-1, 2, 2, 8, 4]]",
                            "TensorContract[name=context_keys, type=float, shape=[-1, 2, 2, 14, 4]]",
                            "TensorContract[name=context_values, type=float, shape=[-1, 2, 2, 14, 4]]",
                            "TensorContract[name=context_mask, type=float, shape=[-1, 14]]");
        }
    }

    @Test
    void theSameRunGivesTheSameBundle() {
        String first = Exporter.export(run, target, ExportSettings.unmeasured("small"), line -> {})
                .bundle()
                .digest();
        String second = Exporter.export(run, folder.resolve("again"), ExportSettings.unmeasured("small"), line -> {})
                .bundle()
                .digest();
        assertThat(second).isEqualTo(first);
    }

    @Test
    void aThousandDamagedBytesOfGraphsAreRefused() throws IOException {
        Exporter.export(run, target, ExportSettings.unmeasured("small"), line -> {})
                .bundle()
                .close();
        Random random = new Random(8);
        List<String> graphs = List.of(Bundle.DETECTOR, Bundle.ENCODE, Bundle.STEP, Bundle.ANSWER);
        for (int i = 0; i < 1000; i++) {
            Path file = target.resolve(graphs.get(i % graphs.size()));
            byte[] right = Files.readAllBytes(file);
            byte[] wrong = right.clone();
            wrong[random.nextInt(wrong.length)] ^= (byte) (1 + random.nextInt(255));
            Files.write(file, wrong);
            assertThatThrownBy(() -> BundleReader.open(target).close())
                    .as("%s, damage %d", file, i)
                    .isInstanceOf(UserError.class)
                    .hasMessageContaining("expected SHA-256");
            Files.write(file, right);
        }
        BundleReader.open(target).close();
    }

    @Test
    void halfPrecisionHalvesTheBundleAndItsCertificateSaysHowFarItIsFromFloat() {
        Exporter.Exported whole = Exporter.export(run, target, ExportSettings.unmeasured("small"), line -> {});
        ExportSettings half = new ExportSettings(
                "small",
                Precision.FP16,
                false,
                Optional.empty(),
                1,
                ExportSettings.Rounding.DEFAULT,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        Path other = folder.resolve("half");
        try (Bundle bundle = Exporter.export(run, other, half, line -> {}).bundle()) {
            assertThat(bundle.manifest().precision()).isEqualTo("fp16");
            Certificate certificate = bundle.certificate().orElseThrow();
            Certificate floats = whole.bundle().certificate().orElseThrow();
            for (String graph : certificate.graphs().keySet()) {
                Certificate.Cost cost =
                        Objects.requireNonNull(certificate.graphs().get(graph));
                Certificate.Cost before = Objects.requireNonNull(floats.graphs().get(graph));
                assertThat(before.largestDifference()).isZero();
                assertThat(cost.largestDifference()).as(graph).isGreaterThan(0);
                assertThat(cost.meanDifference()).as(graph).isLessThan(.01);
                assertThat(cost.multiplyAdds()).isEqualTo(before.multiplyAdds()).isPositive();
                assertThat(cost.parameters()).isEqualTo(before.parameters());
            }
        }
    }

    @Test
    void integersWithoutPicturesAreRefused() {
        ExportSettings integers = new ExportSettings(
                "small",
                Precision.INT8,
                false,
                Optional.empty(),
                1,
                ExportSettings.Rounding.DEFAULT,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        assertThatThrownBy(() -> Exporter.export(run, target, integers, line -> {}))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("expected a data folder to calibrate int8 with");
    }

    @Test
    void theCostsOfAnotherStudentAreRefused() {
        Path models = folder.resolve("models.json");
        Map<String, Object> cost = Map.of(
                "size", Map.of("parameters", 7, "multiplyAdds", 7),
                "detect", Map.of("median", 1),
                "caption", Map.of("median", 1));
        Json.write(models, Map.of("words", 12, "teacher", cost, "student", cost));
        assertThatThrownBy(() -> NetworkCosts.read(models, 8))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("expected a student of 8 parameters, as the run has, found one of 7");
        Json.write(models, Map.of("words", 12, "teacher", 3, "student", cost));
        assertThatThrownBy(() -> NetworkCosts.read(models, 7))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("expected a number at /teacher/size/parameters, found none. Write the file with");
    }

    @Test
    void aMissingCheckpointNamesTheStageThatWritesIt() throws IOException {
        Files.delete(run.resolve("student-vqa.safetensors"));
        refused("expected student-vqa.safetensors, found none. Stage vqa");
    }

    @Test
    void aCheckpointOfAnotherKindIsRefused() throws IOException {
        Files.copy(
                run.resolve("student-vqa.safetensors"),
                run.resolve("student-caption.safetensors"),
                StandardCopyOption.REPLACE_EXISTING);
        refused("expected a checkpoint of kind student-caption, found kind student-vqa");
    }

    @Test
    void checkpointsOfDifferentSizesAreRefused() throws IOException {
        RandomRun.write(
                folder.resolve("other"),
                DETECTOR,
                new FusionSize(1, 8, 2, 16, FUSION.vocabulary(), 24, 10, 18),
                LAYOUT);
        Files.copy(
                folder.resolve("other/student-vqa.safetensors"),
                run.resolve("student-vqa.safetensors"),
                StandardCopyOption.REPLACE_EXISTING);
        refused("expected one size in both checkpoints");
    }

    @Test
    void aWrongTensorIsRefusedWithItsNameAndShapes() {
        RandomParameters caption = new RandomParameters(2);
        EncodeGraph.of(caption, FUSION, LAYOUT);
        StepGraph.of(caption, FUSION, LAYOUT);
        caption.tensors().put("word.bias", new FloatTensor(new long[] {3}, new float[] {1, 2, 3}));
        RandomRun.write(
                run, "student-caption", caption, Map.of("glimpse.size", text(FUSION), "glimpse.layout", text(LAYOUT)));
        refused("word.bias: expected shape [%d], found [3]".formatted(FUSION.vocabulary()));
    }

    @Test
    void aTensorWithANumberThatIsNoneIsRefused() {
        RandomParameters vqa = new RandomParameters(3);
        AnswerGraph.of(vqa, FUSION, LAYOUT);
        vqa.tensors().put("pooler.bias", new FloatTensor(new long[] {8}, new float[] {0, 0, 0, Float.NaN, 0, 0, 0, 0}));
        RandomRun.write(run, "student-vqa", vqa, Map.of("glimpse.size", text(FUSION), "glimpse.layout", text(LAYOUT)));
        refused("pooler.bias: expected finite numbers, found NaN");
    }

    @Test
    void aTokenizerOfAnotherVocabularyIsRefusedAndNothingIsWritten() {
        WordPieceVocabulary.write(
                run.resolve("tokenizer.json"), WordPieceVocabulary.build(List.of("a few words"), 100, 1));
        refused("word pieces, as the checkpoints have");
        assertThat(target).doesNotExist();
    }

    @Test
    void theCommandEndsWithOneForWhatItCannotDoAndTwoForWrongUse() {
        assertThat(Cli.run(new ExportCommand(), run.toString(), "--out", target.toString(), "--precision", "int8"))
                .isEqualTo(1);
        assertThat(Cli.run(new ExportCommand(), run.toString())).isEqualTo(2);
        assertThat(Cli.run(new ExportCommand(), run.toString(), "--out", target.toString()))
                .isZero();
        assertThat(target).isDirectory();
    }

    private void refused(String message) {
        assertThatThrownBy(() -> Exporter.export(run, target, ExportSettings.unmeasured("small"), line -> {}))
                .isInstanceOf(UserError.class)
                .hasMessageContaining(message);
    }

    private static String text(Object value) {
        return new String(Json.bytes(value), StandardCharsets.UTF_8);
    }
}
