package dev.glimpse.weight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.glimpse.cli.Cli;
import dev.glimpse.dataset.ImportCommand;
import dev.glimpse.detector.DetectorTensors;
import dev.glimpse.error.UserError;
import dev.glimpse.network.Fusion;
import dev.glimpse.network.FusionTensors;
import dev.glimpse.parameter.ParameterSpec;
import dev.glimpse.parameter.Parameters;
import dev.glimpse.safetensors.FloatTensor;
import dev.glimpse.safetensors.SafetensorsReader;
import dev.glimpse.safetensors.SafetensorsWriter;
import dev.glimpse.seed.Seed;
import dev.glimpse.size.FusionSize;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WeightImportTest {
    /** As that of the random BERT, but for its positions, of which we use 8 of 12. */
    private static final FusionSize SIZE = new FusionSize(2, 16, 4, 24, 30, 8, 5, 3);

    @TempDir
    private Path folder = Path.of("");

    @Test
    void bertComputesWhatItComputesAtHuggingFace() {
        Path out = imported("hf-bert", GoldenWeights.resource("hf-bert.safetensors"));
        try (NDManager manager = NDManager.newBaseManager();
                Parameters parameters = new Parameters(manager, FusionTensors.pretraining(SIZE), new Seed(1));
                NDManager step = manager.newSubManager()) {
            StartingWeights.load(out, parameters);
            Fusion fusion = Fusion.evaluating(SIZE, parameters.constant(step));
            long[] ids = {2, 7, 9, 4, 3, 0, 2, 11, 29, 5, 14, 3};
            NDArray mask = step.zeros(new Shape(2, 1, 1, 6), DataType.FLOAT32);
            mask.set(new ai.djl.ndarray.index.NDIndex("0, 0, 0, 5"), -10000);
            NDArray states = fusion.encode(mask, fusion.text(step.create(ids, new Shape(2, 6)), 0, 0))
                    .states();
            close(states, "states");
            NDArray words = fusion.words(states.reshape(12, 16));
            close(words, "words");
        }
    }

    private static void close(NDArray found, String name) {
        float[] expected =
                GoldenWeights.expected("hf-bert-expected.safetensors", name).data();
        float[] values = found.toFloatArray();
        assertThat(values).hasSameSizeAs(expected);
        for (int i = 0; i < values.length; i++) {
            assertThat(values[i]).isCloseTo(expected[i], within(2e-5f));
        }
    }

    @Test
    void regionsAndMatchingStayAsDrawnWhenBertHasThemNot() {
        Path out = imported("hf-bert", GoldenWeights.resource("hf-bert.safetensors"));
        Set<String> left = names(FusionTensors.pretraining(SIZE));
        try (SafetensorsReader reader = SafetensorsReader.open(out)) {
            left.removeAll(reader.names());
        }
        assertThat(left)
                .containsExactly(
                        "matching.bias",
                        "matching.weight",
                        "region.norm.bias",
                        "region.norm.weight",
                        "region.projection.bias",
                        "region.projection.weight");
    }

    @Test
    void oscarIsBertWithRegionsAndWithoutItsHeads() throws IOException {
        Map<String, FloatTensor> tensors = bert();
        tensors.put("bert.img_embedding.weight", tensor(16, 11));
        tensors.put("bert.img_embedding.bias", tensor(16));
        tensors.put("bert.LayerNorm.weight", tensor(16));
        tensors.put("bert.LayerNorm.bias", tensor(16));
        tensors.put("classifier.weight", tensor(3, 16));
        tensors.put("classifier.bias", tensor(3));
        Set<String> left = names(FusionTensors.pretraining(SIZE));
        Path out = imported("oscar", write(tensors));
        try (SafetensorsReader reader = SafetensorsReader.open(out)) {
            left.removeAll(reader.names());
            assertThat(reader.shape("region.projection.weight")).containsExactly(11, 16);
            assertThat(reader.floats("region.projection.weight")[1])
                    .isEqualTo(tensor(16, 11).data()[11]);
        }
        assertThat(left).containsExactly("matching.bias", "matching.weight");
        try (NDManager manager = NDManager.newBaseManager();
                Parameters parameters = new Parameters(manager, FusionTensors.pretraining(SIZE), new Seed(1))) {
            assertThatCode(() -> StartingWeights.load(out, parameters)).doesNotThrowAnyException();
        }
    }

    @Test
    void everyTensorOfTheBackboneIsThereAndNoOther() throws IOException {
        DetectorTensors tensors = DetectorTensors.of(ImportedSizes.efficientNet());
        Set<String> wanted = Stream.concat(tensors.parameters().stream(), tensors.statistics().stream())
                .map(ParameterSpec::name)
                .filter(name -> name.startsWith("backbone."))
                .collect(Collectors.toCollection(TreeSet::new));
        for (String library : List.of("timm", "torchvision")) {
            Path theirs = GoldenWeights.write(folder, library + "-efficientnet-b0.txt");
            try (SafetensorsReader reader = SafetensorsReader.open(imported(library + "-efficientnet-b0", theirs))) {
                assertThat(new TreeSet<>(reader.names())).isEqualTo(wanted);
            }
        }
    }

    @Test
    void unknownTensorsAreListed() {
        Map<String, FloatTensor> tensors = bert();
        tensors.put("bert.encoder.layer.0.crossattention.self.query.weight", tensor(16, 16));
        tensors.put("lm_head.weight", tensor(30, 16));
        assertThatThrownBy(() -> WeightImport.read(write(tensors), WeightFormat.HF_BERT))
                .isInstanceOf(UserError.class)
                .hasMessageContainingAll(
                        "crossattention.self.query.weight [16, 16] is not in the table", "lm_head.weight");
    }

    @Test
    void headThatIsNotTheWordTableIsRefused() {
        Map<String, FloatTensor> tensors = bert();
        tensors.put("cls.predictions.decoder.weight", tensor(30, 16));
        assertThatThrownBy(() -> WeightImport.read(write(tensors), WeightFormat.HF_BERT))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("was not tied");
    }

    @Test
    void weightsOfAnotherSizeAreListed() {
        Path out = imported("hf-bert", GoldenWeights.resource("hf-bert.safetensors"));
        assertRefused(
                out,
                new FusionSize(1, 16, 4, 24, 31, 8, 5, 3),
                "embeddings.word.weight has shape [30, 16] instead of [31, 16]",
                "layer1.ffn.in.weight has no place here");
    }

    @Test
    void weightsOfFewerLayersAreRefusedByTheNamesOfThoseThatAreMissing() {
        Path out = imported("hf-bert", GoldenWeights.resource("hf-bert.safetensors"));
        assertRefused(
                out,
                new FusionSize(3, 16, 4, 24, 30, 8, 5, 3),
                "layer2.attention.query.weight is missing",
                "8 more are missing");
    }

    @Test
    void anotherKindOfFileIsRefused() {
        Path file = folder.resolve("x.safetensors");
        SafetensorsWriter.write(file, Map.of("glimpse.kind", "student-vqa"), Map.of());
        assertRefused(file, SIZE, "glimpse import weights", "student-vqa");
    }

    /** A network of a size does not begin with a file, and the error says these things. */
    private static void assertRefused(Path file, FusionSize size, String... said) {
        try (NDManager manager = NDManager.newBaseManager();
                Parameters parameters = new Parameters(manager, FusionTensors.pretraining(size), new Seed(1))) {
            assertThatThrownBy(() -> StartingWeights.load(file, parameters))
                    .isInstanceOf(UserError.class)
                    .hasMessageContainingAll(said);
        }
    }

    private Path imported(String format, Path theirs) {
        Path out = folder.resolve(format + "-imported.safetensors");
        assertThat(Cli.run(
                        new ImportCommand(),
                        "weights",
                        "--format",
                        format,
                        "--from",
                        theirs.toString(),
                        "--out",
                        out.toString()))
                .isZero();
        return out;
    }

    private static Map<String, FloatTensor> bert() {
        Map<String, FloatTensor> tensors = new LinkedHashMap<>();
        try (SafetensorsReader reader = SafetensorsReader.open(GoldenWeights.resource("hf-bert.safetensors"))) {
            reader.names().forEach(name -> tensors.put(name, reader.tensor(name)));
        }
        return tensors;
    }

    private Path write(Map<String, FloatTensor> tensors) {
        Path file = folder.resolve("theirs.safetensors");
        SafetensorsWriter.write(file, Map.of(), tensors);
        return file;
    }

    private static FloatTensor tensor(long... shape) {
        int length = (int) java.util.Arrays.stream(shape).reduce(1, (a, b) -> a * b);
        return new FloatTensor(shape, GoldenWeights.uniform("any", length));
    }

    private static Set<String> names(List<ParameterSpec> specs) {
        return specs.stream().map(ParameterSpec::name).collect(Collectors.toCollection(TreeSet::new));
    }
}
