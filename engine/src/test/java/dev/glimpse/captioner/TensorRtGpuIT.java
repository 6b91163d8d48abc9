package dev.glimpse.captioner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.glimpse.bundle.Bundle;
import dev.glimpse.bundle.BundleReader;
import dev.glimpse.bundle.Golden;
import dev.glimpse.bundle.Manifest;
import dev.glimpse.device.TensorRtPresence;
import dev.glimpse.engine.ElementType;
import dev.glimpse.engine.Engine;
import dev.glimpse.engine.Network;
import dev.glimpse.engine.OrtEngine;
import dev.glimpse.engine.Tensor;
import dev.glimpse.error.UserError;
import dev.glimpse.picture.Picture;
import dev.glimpse.tensorrt.Batches;
import dev.glimpse.tensorrt.TensorRtEngine;
import dev.glimpse.tensorrt.TensorRtSettings;
import dev.glimpse.tensorrt.Trial;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The default bundle on a GPU, held against ONNX Runtime. Networks are compiled once for the whole class. */
class TensorRtGpuIT {
    private static final Path BUNDLE = Path.of("../bundles/default");
    private static final double PARITY = 1e-3;

    @TempDir
    static Path folder;

    private static final List<String> notes = new ArrayList<>();

    @BeforeAll
    static void compile() {
        Optional<String> missing = TensorRtPresence.find().missing();
        assumeTrue(missing.isEmpty(), () -> "skipped, this machine cannot run TensorRT: " + missing.orElseThrow());
        try (Bundle bundle = BundleReader.open(BUNDLE);
                Engine engine = open(plans(), Set.of(Bundle.STEP), new GoldenTrial(bundle))) {
            bundle.manifest().graphs().forEach((name, contract) -> network(bundle, engine, name)
                    .close());
        }
    }

    private static Path plans() {
        return folder.resolve("plans");
    }

    private static TensorRtEngine open(Path plans, Set<String> recorded, Trial trial) {
        return new TensorRtEngine(
                new TensorRtSettings(plans, new Batches(4, 16), 1L << 30, recorded, notes::add), trial);
    }

    private static TensorRtEngine open() {
        return open(plans(), Set.of(Bundle.STEP), Trial.NONE);
    }

    private static Network network(Bundle bundle, Engine engine, String name) {
        return engine.open(bundle.path(name).toString(), bundle.read(name), contract(bundle, name));
    }

    private static Manifest.Graph contract(Bundle bundle, String name) {
        return Objects.requireNonNull(bundle.manifest().graphs().get(name));
    }

    @Test
    void goldenOutputsComeOut() {
        try (Bundle bundle = BundleReader.open(BUNDLE);
                Engine engine = open()) {
            assertThat(GoldenCheck.run(bundle, engine)).allMatch(result -> result.difference() <= PARITY);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 16})
    void everyGraphAgreesWithOnnxRuntimeAtEveryBatch(int batch) {
        try (Bundle bundle = BundleReader.open(BUNDLE);
                Engine gpu = open();
                Engine cpu = new OrtEngine(2)) {
            for (String name : bundle.manifest().graphs().keySet()) {
                Golden golden = golden(bundle, name);
                Map<String, float[]> expected = run(bundle, cpu, name, golden, batch);
                Map<String, float[]> found = run(bundle, gpu, name, golden, batch);
                expected.forEach((output, values) -> {
                    float[] others = Objects.requireNonNull(found.get(output));
                    double largest = IntStream.range(0, values.length)
                            .mapToDouble(i -> Math.abs(values[i] - others[i]) / (1 + Math.abs(values[i])))
                            .max()
                            .orElse(0);
                    assertThat(largest).as("%s of %s", output, name).isLessThanOrEqualTo(PARITY);
                });
            }
        }
    }

    private static Golden golden(Bundle bundle, String graph) {
        return bundle.manifest().files().keySet().stream()
                .filter(file -> file.startsWith(Bundle.GOLDEN))
                .map(bundle::golden)
                .filter(golden -> golden.graph().equals(graph))
                .findFirst()
                .orElseThrow();
    }

    /** Runs a golden input, repeated to so many rows, and returns the outputs as floats. */
    private static Map<String, float[]> run(Bundle bundle, Engine engine, String name, Golden golden, int batch) {
        Map<String, Tensor> inputs = new HashMap<>();
        Map<String, Tensor> outputs = new HashMap<>();
        try (Network network = network(bundle, engine, name)) {
            for (Manifest.TensorContract c : contract(bundle, name).inputs()) {
                inputs.put(c.name(), repeated(engine, c, golden.input(c.name()), batch));
            }
            for (Manifest.TensorContract c : contract(bundle, name).outputs()) {
                outputs.put(c.name(), empty(engine, c, batch));
            }
            network.prepare(inputs, outputs).run();
            Map<String, float[]> values = new HashMap<>();
            outputs.forEach((output, tensor) -> values.put(output, values(tensor)));
            return values;
        } finally {
            inputs.values().forEach(Tensor::close);
            outputs.values().forEach(Tensor::close);
            assertThat(engine.openTensors()).isZero();
        }
    }

    private static Tensor empty(Engine engine, Manifest.TensorContract c, int batch) {
        return engine.allocate(
                ElementType.of(c.type()),
                c.shape().stream().mapToLong(d -> d == -1 ? batch : d).toArray());
    }

    private static Tensor repeated(Engine engine, Manifest.TensorContract c, Golden.Tensor golden, int batch) {
        Tensor tensor = empty(engine, c, batch);
        for (int row = 0; row < tensor.shape()[0]; row++) {
            switch (tensor.type()) {
                case FLOAT -> tensor.write(row, golden.floats());
                case INT64 -> tensor.write(row, c.name().equals("parent") ? new long[] {row} : golden.longs());
                case UINT8 -> tensor.write(row, golden.data());
            }
        }
        return tensor;
    }

    private static float[] values(Tensor tensor) {
        if (tensor.type() == ElementType.FLOAT) {
            float[] values = new float[tensor.floats().remaining()];
            tensor.floats().get(values);
            return values;
        }
        float[] values = new float[tensor.longs().remaining()];
        for (int i = 0; i < values.length; i++) {
            values[i] = tensor.longs().get(i);
        }
        return values;
    }

    private static List<Picture> pictures(int count) {
        Random random = new Random(7);
        return IntStream.range(0, count)
                .mapToObj(i -> {
                    byte[] rgb = new byte[320 * 240 * 3];
                    byte[] colour = new byte[3];
                    for (int shape = 0; shape < 5; shape++) {
                        random.nextBytes(colour);
                        int left = shape == 0 ? 0 : random.nextInt(240);
                        int top = shape == 0 ? 0 : random.nextInt(160);
                        for (int y = top; y < Math.min(240, shape == 0 ? 240 : top + 80); y++) {
                            for (int x = left; x < Math.min(320, shape == 0 ? 320 : left + 80); x++) {
                                System.arraycopy(colour, 0, rgb, 3 * (y * 320 + x), 3);
                            }
                        }
                    }
                    return new Picture(320, 240, rgb);
                })
                .toList();
    }

    private static List<Caption> captions(Engine engine, int beams, int rounds) {
        try (BundleCaptioner captioner = new BundleCaptioner(BundleReader.open(BUNDLE), engine, beams)) {
            List<Caption> captions = new ArrayList<>();
            for (int round = 0; round < rounds; round++) {
                captions.clear();
                captioner.look(pictures(20)).forEach(sight -> captions.add(sight.caption()));
                captioner.look(pictures(1)).forEach(sight -> captions.add(sight.caption()));
            }
            return captions;
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void captionsAreThoseOfOnnxRuntime(int beams) {
        List<Caption> expected = captions(new OrtEngine(2), beams, 1);
        List<Caption> found = captions(open(), beams, 1);
        assertThat(found)
                .extracting(Caption::text)
                .isEqualTo(expected.stream().map(Caption::text).toList());
        for (int i = 0; i < expected.size(); i++) {
            assertThat(found.get(i).confidence()).isCloseTo(expected.get(i).confidence(), within(PARITY));
        }
    }

    @Test
    void recordedStepsGiveTheSameNumbersAsPlainOnes() {
        List<Caption> plain = captions(open(plans(), Set.of(), Trial.NONE), 1, 3);
        List<Caption> recorded = captions(open(plans(), Set.of(Bundle.STEP), Trial.NONE), 1, 3);
        assertThat(recorded).isEqualTo(plain);
    }

    @Test
    void keysAndValuesOfOneStepFeedTheNextWithoutTheHost() {
        try (Bundle bundle = BundleReader.open(BUNDLE);
                Engine gpu = open();
                Engine cpu = new OrtEngine(2)) {
            assertThat(twoSteps(bundle, gpu))
                    .usingComparatorWithPrecision((float) PARITY)
                    .containsExactly(twoSteps(bundle, cpu));
        }
    }

    private static float[] twoSteps(Bundle bundle, Engine engine) {
        Golden golden = golden(bundle, Bundle.STEP);
        Map<String, Tensor> inputs = new HashMap<>();
        Map<String, Tensor> outputs = new HashMap<>();
        try (Network network = network(bundle, engine, Bundle.STEP)) {
            for (Manifest.TensorContract c : contract(bundle, Bundle.STEP).inputs()) {
                inputs.put(c.name(), repeated(engine, c, golden.input(c.name()), 2));
            }
            for (Manifest.TensorContract c : contract(bundle, Bundle.STEP).outputs()) {
                outputs.put(c.name(), empty(engine, c, 2));
            }
            network.prepare(inputs, outputs).run();
            Map<String, Tensor> nextIn = new HashMap<>(inputs);
            Map<String, Tensor> nextOut = new HashMap<>(outputs);
            nextIn.put("keys", Objects.requireNonNull(outputs.get("keys_out")));
            nextIn.put("values", Objects.requireNonNull(outputs.get("values_out")));
            nextOut.put("keys_out", Objects.requireNonNull(inputs.get("keys")));
            nextOut.put("values_out", Objects.requireNonNull(inputs.get("values")));
            Objects.requireNonNull(inputs.get("position"))
                    .write(0, new long[] {golden.input("position").longs()[0] + 1});
            network.prepare(nextIn, nextOut).run();
            return values(Objects.requireNonNull(outputs.get("logits")));
        } finally {
            inputs.values().forEach(Tensor::close);
            outputs.values().forEach(Tensor::close);
        }
    }

    @Test
    void keptNetworkIsNotCompiledAgain() {
        notes.clear();
        try (Bundle bundle = BundleReader.open(BUNDLE);
                Engine engine = open()) {
            network(bundle, engine, Bundle.STEP).close();
        }
        assertThat(notes).isEmpty();
    }

    @Test
    void changedPlanIsNotLoadedButCompiledAgain() throws IOException {
        Path copy = folder.resolve("changed");
        try (Bundle bundle = BundleReader.open(BUNDLE);
                Engine engine = open(copy, Set.of(), Trial.NONE)) {
            network(bundle, engine, Bundle.ENCODE).close();
            Path plan;
            try (Stream<Path> files = Files.list(copy)) {
                plan = files.filter(file -> file.toString().endsWith(".plan"))
                        .findFirst()
                        .orElseThrow();
            }
            byte[] bytes = Files.readAllBytes(plan);
            bytes[bytes.length / 2] ^= 1;
            Files.write(plan, bytes);
            notes.clear();
            network(bundle, engine, Bundle.ENCODE).close();
            assertThat(notes)
                    .anyMatch(note -> note.contains("not loaded"))
                    .anyMatch(note -> note.startsWith("compiling"));
        }
    }

    @Test
    void networkThatFailsItsTrialIsNeitherKeptNorCompiledAgain() throws IOException {
        Path refused = folder.resolve("refused");
        try (Bundle bundle = BundleReader.open(BUNDLE);
                Engine engine = open(refused, Set.of(), (name, network, e) -> {
                    throw new UserError("it computes something else");
                })) {
            assertThatThrownBy(() -> network(bundle, engine, Bundle.ENCODE)).hasMessage("it computes something else");
            notes.clear();
            assertThatThrownBy(() -> network(bundle, engine, Bundle.ENCODE))
                    .hasMessageContaining("was refused before: it computes something else");
            assertThat(notes).isEmpty(); // and not compiled for it
            try (Stream<Path> files = Files.list(refused)) {
                assertThat(files.filter(file -> file.toString().endsWith(".plan")))
                        .isEmpty();
            }
        }
    }

    @Test
    void batchAboveTheProfileIsRefusedWithAdvice() {
        try (Bundle bundle = BundleReader.open(BUNDLE);
                Engine engine = open()) {
            assertThatThrownBy(() -> run(bundle, engine, Bundle.ENCODE, golden(bundle, Bundle.ENCODE), 17))
                    .isInstanceOf(UserError.class)
                    .hasMessageContaining("at most 16 rows, asked for 17");
        }
    }

    @Test
    void operatorThatTensorRtLacksIsNamed() throws IOException {
        byte[] model;
        try (InputStream in =
                Objects.requireNonNull(TensorRtGpuIT.class.getResourceAsStream("/graphs/unknown-operator.onnx"))) {
            model = in.readAllBytes();
        }
        try (Bundle bundle = BundleReader.open(BUNDLE);
                Engine engine = open()) {
            assertThatThrownBy(() -> engine.open("unknown.onnx", model, contract(bundle, Bundle.ENCODE)))
                    .isInstanceOf(UserError.class)
                    .hasMessageContaining("unknown.onnx cannot be read by TensorRT")
                    .hasMessageContaining("Telepathy");
        }
    }

    @Test
    void hundredBatchesLeaveNothingOpenAndTakeNoMoreMemory() {
        TensorRtEngine engine = open();
        try (BundleCaptioner captioner = new BundleCaptioner(BundleReader.open(BUNDLE), engine, 1)) {
            captioner.look(pictures(4));
            captioner.look(pictures(4));
            captioner.look(pictures(4));
            int open = engine.openTensors();
            long taken = engine.takenBytes();
            for (int i = 0; i < 100; i++) {
                captioner.look(pictures(4));
            }
            assertThat(engine.openTensors()).isEqualTo(open);
            assertThat(engine.takenBytes()).isLessThanOrEqualTo(taken + (1 << 22));
        }
    }
}
