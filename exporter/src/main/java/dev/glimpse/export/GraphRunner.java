package dev.glimpse.export;

import dev.glimpse.bundle.Golden;
import dev.glimpse.bundle.Manifest;
import dev.glimpse.bundle.Manifest.TensorContract;
import dev.glimpse.engine.ElementType;
import dev.glimpse.engine.Engine;
import dev.glimpse.engine.Network;
import dev.glimpse.engine.Tensor;
import dev.glimpse.onnx.OnnxModel;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** Runs one graph on an engine, golden tensors in, golden tensors out. For trying graphs, not for speed. */
final class GraphRunner implements AutoCloseable {
    private final Engine engine;
    private final Manifest.Graph contract;
    private final Network network;

    GraphRunner(Engine engine, String file, OnnxModel model) {
        this.engine = engine;
        this.contract = model.contract();
        this.network = engine.open(file, model.bytes(), contract);
    }

    /** Outputs by name; {@code batch} is the number of rows of inputs whose first dimension is the batch. */
    Map<String, Golden.Tensor> run(Map<String, Golden.Tensor> inputs, int batch) {
        Map<String, Golden.Tensor> results = new LinkedHashMap<>();
        bound(inputs, batch, (call, out) -> {
            call.run();
            out.forEach((name, tensor) -> results.put(name, toGolden(tensor)));
        });
        return results;
    }

    /** Hands out a prepared run, to be run as often as wanted. */
    void timed(Map<String, Golden.Tensor> inputs, int batch, Consumer<Runnable> use) {
        bound(inputs, batch, (call, out) -> use.accept(call::run));
    }

    private void bound(
            Map<String, Golden.Tensor> inputs, int batch, BiConsumer<Network.Call, Map<String, Tensor>> use) {
        Map<String, Tensor> in = new LinkedHashMap<>();
        Map<String, Tensor> out = new LinkedHashMap<>();
        try {
            inputs.forEach((name, tensor) -> in.put(name, toEngine(tensor)));
            for (TensorContract output : contract.outputs()) {
                long[] shape = output.shape().stream()
                        .mapToLong(dim -> dim < 0 ? batch : dim)
                        .toArray();
                out.put(output.name(), engine.allocate(ElementType.of(output.type()), shape));
            }
            use.accept(network.prepare(in, out), out);
        } finally {
            in.values().forEach(Tensor::close);
            out.values().forEach(Tensor::close);
        }
    }

    private Tensor toEngine(Golden.Tensor tensor) {
        long[] shape = tensor.shape().stream().mapToLong(Integer::longValue).toArray();
        return switch (ElementType.of(tensor.type())) {
            case FLOAT -> engine.floats(tensor.floats(), shape);
            case INT64 -> engine.longs(tensor.longs(), shape);
            case UINT8 -> engine.bytes(tensor.data(), shape);
        };
    }

    private static Golden.Tensor toGolden(Tensor tensor) {
        List<Integer> dims =
                Arrays.stream(tensor.shape()).mapToObj(Math::toIntExact).toList();
        Integer[] shape = dims.toArray(Integer[]::new);
        return switch (tensor.type()) {
            case FLOAT -> Golden.Tensor.of(array(tensor.floats()), shape);
            case INT64 -> Golden.Tensor.of(array(tensor.longs()), shape);
            case UINT8 -> throw new IllegalStateException("no graph has bytes as output");
        };
    }

    private static float[] array(FloatBuffer buffer) {
        float[] values = new float[buffer.remaining()];
        buffer.get(values);
        return values;
    }

    private static long[] array(LongBuffer buffer) {
        long[] values = new long[buffer.remaining()];
        buffer.get(values);
        return values;
    }

    @Override
    public void close() {
        network.close();
    }
}
