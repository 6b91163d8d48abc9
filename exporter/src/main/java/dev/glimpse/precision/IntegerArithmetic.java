package dev.glimpse.precision;

import static ai.onnx.proto.OnnxMl.TensorProto.DataType.INT8;
import static ai.onnx.proto.OnnxMl.TensorProto.DataType.UINT8;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import dev.glimpse.onnx.OnnxModel;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A graph in float in, the same graph with 8-bit layers out, in the QDQ form: QuantizeLinear and DequantizeLinear around
 * float operators, which engines fuse into integer ones.
 *
 * <p>Weights are int8, symmetric, one scale for each output channel. Activations are uint8 with one scale each and the
 * zero point 0 where nothing is negative, else 128: so a ReLU costs nothing, and the same graph in int8 with zero point 0
 * is one subtraction away for engines that know nothing else. Biases stay float.
 *
 * <p>The result of an 8-bit convolution is rounded, too, because engines compute convolutions from 8 bits to 8 bits; products
 * give float.
 */
public final class IntegerArithmetic {
    private static final String FIRST = "first_axis";

    private final Graph graph;
    private final Map<String, Range> ranges;
    private final List<NodeProto> nodes = new ArrayList<>();
    private final Map<String, TensorProto> initialisers = new LinkedHashMap<>();
    private final Map<NodeProto, Layer> layers = new LinkedHashMap<>();
    /** What is rounded, and whether everybody reads the rounded version. */
    private final Map<String, Boolean> rounded = new LinkedHashMap<>();

    /** Activations of products that have got a dimension of 1 in front. */
    private final Set<String> lifted = new HashSet<>();

    private IntegerArithmetic(OnnxModel model, Map<String, Range> ranges, Set<String> names) {
        this.graph = new Graph(model);
        this.ranges = ranges;
        for (Layer layer : Layer.of(graph)) {
            if (names.contains(layer.name())) {
                layers.put(layer.node(), layer);
                if (!layer.node().getOpType().equals("Gemm")) {
                    rounded.putIfAbsent(layer.activation(), false);
                }
                if (layer.isConvolution()) {
                    rounded.put(layer.result(), true);
                }
            }
        }
    }

    /** Names of all layers of a graph, in order of execution. */
    public static Set<String> layers(OnnxModel model) {
        return Layer.names(model);
    }

    /** Values whose ranges must be known before every layer can be rounded. */
    public static Set<String> activations(OnnxModel model) {
        Set<String> names = new LinkedHashSet<>();
        for (Layer layer : Layer.of(new Graph(model))) {
            names.add(layer.activation());
            if (layer.isConvolution()) {
                names.add(layer.result());
            }
        }
        return names;
    }

    /**
     * The same graph with some layers in 8 bits.
     *
     * @param ranges of {@link #activations}
     * @param names the layers to round
     */
    public static OnnxModel of(OnnxModel model, Map<String, Range> ranges, Set<String> names) {
        IntegerArithmetic rewriting = new IntegerArithmetic(model, ranges, names);
        rewriting.rewrite(model);
        return rewriting.graph.with(rewriting.nodes, rewriting.initialisers);
    }

    private void rewrite(OnnxModel model) {
        model.contract().inputs().forEach(input -> roundIfWanted(input.name()));
        for (NodeProto node : graph.nodes()) {
            Layer layer = layers.get(node);
            NodeProto.Builder rewritten = node.toBuilder();
            for (int i = 0; i < node.getInputCount(); i++) {
                String input = node.getInput(i);
                Boolean forAll = rounded.get(input);
                if (forAll != null && (forAll || (layer != null && i == 0))) {
                    rewritten.setInput(i, input + "_rounded");
                }
            }
            if (layer == null) {
                nodes.add(rewritten.build());
            } else if (node.getOpType().equals("Gemm")) {
                product(node, weight(layer));
            } else {
                nodes.add(rewritten.setInput(1, weight(layer)).build());
            }
            node.getOutputList().forEach(this::roundIfWanted);
        }
    }

    /**
     * A Gemm as MatMul and Add on (1, n, k) instead of (n, k): the form of integer products with a float bias that ONNX
     * Runtime fuses. It would turn a MatMul of two dimensions back into a Gemm.
     */
    private void product(NodeProto gemm, String weight) {
        String input = gemm.getInput(0);
        String row = input + "_lifted";
        if (lifted.add(input)) {
            initialisers.put(FIRST, Graph.longs(FIRST, 0));
            nodes.add(Graph.node("Unsqueeze", "Lift_" + input, List.of(input, FIRST), row));
            round(row, range(input));
        }
        String result = gemm.getOutput(0);
        nodes.add(Graph.node(
                "MatMul", gemm.getName() + "_product", List.of(row + "_rounded", weight), result + "_product"));
        nodes.add(Graph.node(
                "Add",
                gemm.getName() + "_sum",
                List.of(result + "_product", gemm.getInput(2)),
                result + "_lifted_sum"));
        nodes.add(Graph.node("Squeeze", gemm.getName(), List.of(result + "_lifted_sum", FIRST), result));
    }

    private void roundIfWanted(String name) {
        if (rounded.containsKey(name)) {
            round(name, range(name));
        }
    }

    private Range range(String name) {
        Range range = ranges.get(name);
        if (range == null) {
            throw new IllegalArgumentException("no range of " + name);
        }
        return range;
    }

    private void round(String name, Range range) {
        String scale = name + "_scale";
        String zero = name + "_zero";
        initialisers.put(scale, Graph.floats(scale, new float[] {range.scale()}));
        initialisers.put(zero, Graph.bytes(zero, UINT8, new byte[] {(byte) range.zero()}));
        String integer = name + "_uint8";
        nodes.add(Graph.node("QuantizeLinear", "Round_" + name, List.of(name, scale, zero), integer));
        nodes.add(Graph.node("DequantizeLinear", "Widen_" + name, List.of(integer, scale, zero), name + "_rounded"));
    }

    /** The weight as int8 behind a DequantizeLinear, of a product as (in, out); layers that share a weight share it. */
    private String weight(Layer layer) {
        String name = layer.weight() + (isTransposed(layer) ? "_transposed" : "");
        String widened = name + "_rounded";
        String integer = name + "_int8";
        if (initialisers.containsKey(integer)) {
            return widened;
        }
        TensorProto tensor = graph.initialiser(layer.weight());
        long[] dims = tensor.getDimsList().stream().mapToLong(Long::longValue).toArray();
        float[] values = graph.floats(layer.weight());
        if (isTransposed(layer)) {
            values = transposed(values, (int) dims[0], (int) dims[1]);
            dims = new long[] {dims[1], dims[0]};
        }
        int axis = layer.isConvolution() ? 0 : dims.length - 1;
        int channels = (int) dims[axis];
        WeightRounding rounding =
                WeightRounding.of(values, channels, layer.isConvolution() ? values.length / channels : 1);
        String scale = name + "_scale";
        String zero = name + "_zero";
        initialisers.put(integer, Graph.bytes(integer, INT8, rounding.values(), dims));
        initialisers.put(scale, Graph.floats(scale, rounding.scales(), channels));
        initialisers.put(zero, Graph.bytes(zero, INT8, new byte[channels], channels));
        nodes.add(Graph.node(
                "DequantizeLinear",
                "Widen_" + name,
                List.of(integer, scale, zero),
                widened,
                Graph.integer("axis", axis)));
        return widened;
    }

    private static float[] transposed(float[] values, int rows, int columns) {
        float[] result = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            result[i % columns * rows + i / columns] = values[i];
        }
        return result;
    }

    private static boolean isTransposed(Layer layer) {
        for (AttributeProto attribute : layer.node().getAttributeList()) {
            if (attribute.getName().equals("transB")) {
                return attribute.getI() == 1;
            }
        }
        return false;
    }
}
