package dev.glimpse.precision;

import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import dev.glimpse.onnx.HalfStorage;
import dev.glimpse.onnx.OnnxModel;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A graph in float in, the same graph in half precision out. Convolutions, products and what stands between them compute
 * in half; layer norms, softmax, box decoding, sorting and suppression stay in float, and so do inputs and outputs.
 *
 * <p>The rule: a convolution, a product or a look-up of embeddings computes in half. An element-wise or arranging operator
 * does when everything that flows into it is half. All else is float. Casts stand where the two meet.
 */
public final class HalfArithmetic {
    private static final Set<String> HALF = Set.of("Conv", "Gemm", "MatMul");
    private static final Set<String> EITHER = Set.of(
            "Add",
            "Concat",
            "Div",
            "Erf",
            "Gather",
            "GatherND",
            "Max",
            "MaxPool",
            "Min",
            "Mul",
            "Pad",
            "ReduceMean",
            "Relu",
            "Reshape",
            "Resize",
            "Sigmoid",
            "Slice",
            "Split",
            "Squeeze",
            "Sub",
            "Tanh",
            "Transpose",
            "Unsqueeze",
            "Where");
    /** Only the first operand of these is data; others are settings. */
    private static final Set<String> FIRST_ONLY = Set.of("Resize", "Pad");

    private static final int FLOAT = TensorProto.DataType.FLOAT.getNumber();
    private static final int FLOAT16 = TensorProto.DataType.FLOAT16.getNumber();

    private final Graph graph;
    private final List<NodeProto> nodes = new ArrayList<>();
    private final Map<String, TensorProto> initialisers = new LinkedHashMap<>();
    /** What is half under its own name. */
    private final Set<String> half = new HashSet<>();

    private final Set<String> casts = new HashSet<>();

    private HalfArithmetic(OnnxModel model) {
        graph = new Graph(model);
    }

    /** The same graph, computing in half precision where that is safe. */
    public static OnnxModel of(OnnxModel model) {
        HalfArithmetic rewriting = new HalfArithmetic(model);
        rewriting.graph.nodes().forEach(rewriting::rewrite);
        return rewriting.graph.with(rewriting.nodes, rewriting.initialisers);
    }

    private void rewrite(NodeProto node) {
        boolean toHalf = computesInHalf(node);
        NodeProto.Builder rewritten = node.toBuilder();
        for (int i = 0; i < node.getInputCount(); i++) {
            String input = node.getInput(i);
            if (graph.isFloat(input) && (i == 0 || !FIRST_ONLY.contains(node.getOpType()))) {
                rewritten.setInput(i, toHalf ? asHalf(input) : asFloat(input));
            }
        }
        nodes.add(rewritten.build());
        if (toHalf) {
            node.getOutputList().stream().filter(graph::isFloat).forEach(half::add);
        }
    }

    private boolean computesInHalf(NodeProto node) {
        String op = node.getOpType();
        if (node.getOutputList().stream().anyMatch(graph::isOutput)) {
            return false;
        }
        if (HALF.contains(op) || (op.equals("Gather") && isEmbedding(node.getInput(0)))) {
            return true;
        }
        List<String> flowing = node.getInputList().stream()
                .filter(input -> graph.isFloat(input) && !graph.isInitialiser(input))
                .toList();
        return EITHER.contains(op) && !flowing.isEmpty() && half.containsAll(flowing);
    }

    private boolean isEmbedding(String name) {
        return graph.isInitialiser(name) && name.endsWith(".weight");
    }

    private String asHalf(String name) {
        if (half.contains(name)) {
            return name;
        }
        if (graph.isInitialiser(name)) {
            String stored = name + "_half";
            initialisers.computeIfAbsent(stored, key -> HalfStorage.half(graph.initialiser(name), key));
            return stored;
        }
        return cast(name, name + "_half", FLOAT16);
    }

    private String asFloat(String name) {
        return half.contains(name) ? cast(name, name + "_float", FLOAT) : name;
    }

    private String cast(String from, String to, int type) {
        if (casts.add(to)) {
            nodes.add(Graph.node("Cast", "Cast_" + to, List.of(from), to, Graph.integer("to", type)));
        }
        return to;
    }
}
