package dev.glimpse.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.glimpse.bundle.Manifest;
import dev.glimpse.bundle.Manifest.TensorContract;
import dev.glimpse.error.UserError;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OrtEngineTest {
    private static final Manifest.Graph ADD = new Manifest.Graph(
            List.of(new TensorContract("x", "float", List.of(-1, 3)), new TensorContract("y", "float", List.of(-1, 3))),
            List.of(new TensorContract("total", "float", List.of(-1, 3))));

    private final OrtEngine engine = new OrtEngine(1);

    @AfterEach
    void nothingIsLeftOpen() {
        assertThat(engine.openTensors()).isZero();
        engine.close();
    }

    private Network open(String name, Manifest.Graph contract) {
        try (InputStream model = Objects.requireNonNull(OrtEngineTest.class.getResourceAsStream("/graphs/" + name))) {
            return engine.open(name, model.readAllBytes(), contract);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static float[] values(FloatBuffer buffer) {
        float[] values = new float[buffer.remaining()];
        buffer.get(values);
        return values;
    }

    @Test
    void outputIsWrittenIntoTheGivenTensorOnEveryRun() {
        try (Network add = open("add.onnx", ADD);
                Tensor x = engine.floats(new float[] {1, 2, 3, 4, 5, 6}, 2, 3);
                Tensor y = engine.floats(new float[] {10, 20, 30, 40, 50, 60}, 2, 3);
                Tensor total = engine.allocate(ElementType.FLOAT, 2, 3)) {
            Network.Call call = add.prepare(Map.of("x", x, "y", y), Map.of("total", total));
            call.run();
            assertThat(values(total.floats())).containsExactly(11, 22, 33, 44, 55, 66);
            x.write(1, new float[] {0, 0, 0});
            call.run();
            assertThat(values(total.floats())).containsExactly(11, 22, 33, 40, 50, 60);
        }
    }

    @Test
    void outputOfOneNetworkIsInputOfTheNextWithoutCopies() {
        try (Network add = open("add.onnx", ADD);
                Tensor x = engine.floats(new float[] {1, 2, 3}, 1, 3);
                Tensor twice = engine.allocate(ElementType.FLOAT, 1, 3);
                Tensor fourfold = engine.allocate(ElementType.FLOAT, 1, 3)) {
            add.prepare(Map.of("x", x, "y", x), Map.of("total", twice)).run();
            add.prepare(Map.of("x", twice, "y", twice), Map.of("total", fourfold))
                    .run();
            assertThat(values(fourfold.floats())).containsExactly(4, 8, 12);
        }
    }

    @Test
    void firstRowsShareTheMemoryOfTheWhole() {
        try (Network add = open("add.onnx", ADD);
                Tensor whole = engine.floats(new float[] {1, 2, 3, 4, 5, 6}, 2, 3);
                Tensor first = whole.first(1);
                Tensor total = engine.allocate(ElementType.FLOAT, 1, 3)) {
            whole.write(0, new float[] {7, 8, 9});
            add.prepare(Map.of("x", first, "y", first), Map.of("total", total)).run();
            assertThat(values(total.floats())).containsExactly(14, 16, 18);
        }
    }

    @Test
    void copiedRowReplacesOneRowOnly() {
        try (Tensor source = engine.longs(new long[] {1, 2, 3, 4}, 2, 2);
                Tensor target = engine.longs(new long[] {5, 6, 7, 8}, 2, 2)) {
            target.copyRow(0, source, 1);
            long[] values = new long[4];
            target.longs().get(values);
            assertThat(values).containsExactly(3, 4, 7, 8);
        }
    }

    @Test
    void clearedTensorIsZeroToItsLastElement() {
        try (Tensor floats = engine.floats(new float[] {1, 2, 3}, 1, 3)) {
            floats.clear();
            assertThat(values(floats.floats())).containsOnly(0);
        }
    }

    @Test
    void bytesAreUnsignedAndIntegersKeepTheirValue() {
        Manifest.Graph types = new Manifest.Graph(
                List.of(
                        new TensorContract("bytes", "uint8", List.of(-1, 2)),
                        new TensorContract("longs", "int64", List.of(-1))),
                List.of(
                        new TensorContract("numbers", "float", List.of(-1, 2)),
                        new TensorContract("kept", "int64", List.of(-1))));
        try (Network network = open("types.onnx", types);
                Tensor bytes = engine.bytes(new byte[] {0, (byte) 255}, 1, 2);
                Tensor longs = engine.longs(new long[] {1L << 40}, 1);
                Tensor numbers = engine.allocate(ElementType.FLOAT, 1, 2);
                Tensor kept = engine.allocate(ElementType.INT64, 1)) {
            network.prepare(Map.of("bytes", bytes, "longs", longs), Map.of("numbers", numbers, "kept", kept))
                    .run();
            assertThat(values(numbers.floats())).containsExactly(0, 255);
            assertThat(kept.longs().get(0)).isEqualTo(1L << 40);
        }
    }

    @Test
    void graphThatDiffersFromItsManifestIsRefusedByNameExpectedAndFound() {
        Manifest.Graph other = new Manifest.Graph(
                List.of(
                        new TensorContract("x", "float", List.of(-1, 4)),
                        new TensorContract("z", "int64", List.of(-1))),
                ADD.outputs());
        assertThatThrownBy(() -> open("add.onnx", other))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("add.onnx")
                .hasMessageContaining("input `x`: expected float [-1, 4], found float [-1, 3]")
                .hasMessageContaining("input `z`: expected int64 [-1], found none")
                .hasMessageContaining("input `y`: expected none, found float [-1, 3]");
    }

    @Test
    void graphWithAnOperatorTheEngineLacksIsRefusedByItsName() {
        for (String name : List.of("roialign22.onnx", "unknown-operator.onnx")) {
            assertThatThrownBy(() -> open(name, ADD))
                    .isInstanceOf(UserError.class)
                    .hasMessageContaining(name)
                    .hasMessageContaining("uses an operator that onnxruntime")
                    .hasMessageMatching("(?s).*(RoiAlign|Telepathy).*")
                    .hasMessageContaining("opset 17");
        }
    }

    @Test
    void textIsNoGraph() {
        byte[] text = "once upon a time".getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> engine.open("step.onnx", text, ADD))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("expected an ONNX graph, found something else in step.onnx");
    }

    @Test
    void closedTensorIsRefusedBeforeNativeCodeSeesIt() {
        try (Network add = open("add.onnx", ADD);
                Tensor x = engine.floats(new float[] {1, 2, 3}, 1, 3);
                Tensor total = engine.allocate(ElementType.FLOAT, 1, 3)) {
            Network.Call call = add.prepare(Map.of("x", x, "y", x), Map.of("total", total));
            x.close();
            assertThatThrownBy(call::run)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("closed");
            assertThatThrownBy(x::floats).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void tensorsOfOtherRowLengthOrNameAreRefused() {
        try (Network add = open("add.onnx", ADD);
                Tensor wide = engine.allocate(ElementType.FLOAT, 1, 4)) {
            assertThatThrownBy(() -> add.prepare(Map.of("x", wide, "y", wide), Map.of("total", wide)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("`x` must be float [-1, 3], found float [1, 4]");
            assertThatThrownBy(() -> add.prepare(Map.of("x", wide), Map.of("total", wide)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("has 2 inputs");
        }
    }

    @Test
    void halfRowsAndWrongTypesAreNotWritten() {
        try (Tensor tensor = engine.allocate(ElementType.FLOAT, 2, 3)) {
            assertThatThrownBy(() -> tensor.write(0, new float[2])).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> tensor.write(1, new float[6])).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> tensor.write(0, new long[3])).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(tensor::longs).isInstanceOf(IllegalStateException.class);
        }
    }
}
