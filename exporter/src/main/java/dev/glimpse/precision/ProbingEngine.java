package dev.glimpse.precision;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import dev.glimpse.bundle.Manifest;
import dev.glimpse.bundle.Manifest.TensorContract;
import dev.glimpse.engine.ElementType;
import dev.glimpse.engine.Engine;
import dev.glimpse.engine.Network;
import dev.glimpse.engine.Tensor;
import dev.glimpse.onnx.OnnxModel;
import dev.glimpse.onnx.Value;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * An engine that watches: it runs networks as another engine does, and counts the magnitudes of every activation that
 * could be rounded.
 */
public final class ProbingEngine implements Engine {
    private final Engine engine;
    private final Map<String, OnnxModel> models;
    private final Map<String, Map<String, Histogram>> histograms = new LinkedHashMap<>();

    /**
     * @param engine runs the networks; closed with this
     * @param models the graphs that will be opened, by file name
     */
    public ProbingEngine(Engine engine, Map<String, OnnxModel> models) {
        this.engine = engine;
        this.models = models;
    }

    /** How ranges are chosen from what was seen. */
    public enum Method {
        /** Leaves out one number in ten thousand. */
        PERCENTILE,
        /** Loses least information. */
        ENTROPY
    }

    /** Ranges of the activations of a graph; of values that no run produced there are none. */
    public Map<String, Range> ranges(String file, Method method) {
        Map<String, Range> ranges = new HashMap<>();
        histograms.getOrDefault(file, Map.of()).forEach((name, histogram) -> {
            if (histogram.total() > 0) {
                ranges.put(name, method == Method.ENTROPY ? histogram.entropy() : histogram.percentile(99.99));
            }
        });
        return ranges;
    }

    @Override
    public Network open(String name, byte[] model, Manifest.Graph contract) {
        String file = String.valueOf(Path.of(name).getFileName());
        OnnxModel known = models.get(file);
        if (known == null) {
            throw new IllegalArgumentException("no graph " + file);
        }
        List<Value> probes = IntegerArithmetic.activations(known).stream()
                .filter(value -> contract.inputs().stream()
                        .noneMatch(input -> input.name().equals(value)))
                .map(value -> Objects.requireNonNull(known.values().get(value), value))
                .toList();
        List<TensorContract> outputs = new ArrayList<>(contract.outputs());
        probes.forEach(probe -> outputs.add(new TensorContract(probe.name(), "float", border(probe))));
        Map<String, Histogram> counted = new LinkedHashMap<>();
        IntegerArithmetic.activations(known).forEach(value -> counted.put(value, new Histogram()));
        histograms.put(file, counted);
        Network network = engine.open(name, exposed(known, probes), new Manifest.Graph(contract.inputs(), outputs));
        return new Probed(network, contract, probes, counted);
    }

    private static List<Integer> border(Value value) {
        return value.shape().dims().stream()
                .map(dim -> dim < 0 ? -1 : Math.toIntExact(dim))
                .toList();
    }

    private static byte[] exposed(OnnxModel model, List<Value> probes) {
        GraphProto.Builder graph = model.proto().getGraph().toBuilder();
        for (Value probe : probes) {
            TensorShapeProto.Builder dims = TensorShapeProto.newBuilder();
            for (long dim : probe.shape().dims()) {
                TensorShapeProto.Dimension.Builder builder = TensorShapeProto.Dimension.newBuilder();
                dims.addDim(dim >= 0 ? builder.setDimValue(dim) : dim == -1 ? builder.setDimParam("B") : builder);
            }
            graph.addOutput(ValueInfoProto.newBuilder()
                    .setName(probe.name())
                    .setType(TypeProto.newBuilder()
                            .setTensorType(TypeProto.Tensor.newBuilder()
                                    .setElemType(TensorProto.DataType.FLOAT.getNumber())
                                    .setShape(dims))));
        }
        return model.proto().toBuilder().setGraph(graph).build().toByteArray();
    }

    /** A network whose runs also fill the probes. */
    private final class Probed implements Network {
        private final Network network;
        private final Manifest.Graph contract;
        private final List<Value> probes;
        private final Map<String, Histogram> counted;

        Probed(Network network, Manifest.Graph contract, List<Value> probes, Map<String, Histogram> counted) {
            this.network = network;
            this.contract = contract;
            this.probes = probes;
            this.counted = counted;
        }

        @Override
        public Call prepare(Map<String, Tensor> inputs, Map<String, Tensor> outputs) {
            long rows = contract.inputs().stream()
                    .filter(input -> input.shape().get(0) < 0)
                    .mapToLong(input ->
                            Objects.requireNonNull(inputs.get(input.name())).shape()[0])
                    .findFirst()
                    .orElse(1);
            return () -> run(inputs, outputs, rows);
        }

        private void run(Map<String, Tensor> inputs, Map<String, Tensor> outputs, long rows) {
            Map<String, Tensor> all = new HashMap<>(outputs);
            Map<String, Tensor> own = new LinkedHashMap<>();
            try {
                for (Value probe : probes) {
                    long[] shape = probe.shape().dims().stream()
                            .mapToLong(dim -> dim < 0 ? -dim * rows : dim)
                            .toArray();
                    own.put(probe.name(), engine.allocate(ElementType.FLOAT, shape));
                }
                all.putAll(own);
                network.prepare(inputs, all).run();
                counted.forEach((name, histogram) -> {
                    Tensor tensor = own.getOrDefault(name, inputs.get(name));
                    if (tensor != null) {
                        histogram.add(tensor.floats());
                    }
                });
            } finally {
                own.values().forEach(Tensor::close);
            }
        }

        @Override
        public void close() {
            network.close();
        }
    }

    @Override
    public String name() {
        return engine.name();
    }

    @Override
    public Tensor allocate(ElementType type, long... shape) {
        return engine.allocate(type, shape);
    }

    @Override
    public int openTensors() {
        return engine.openTensors();
    }

    @Override
    public void close() {
        engine.close();
    }
}
