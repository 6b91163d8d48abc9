package dev.glimpse.precision;

import ai.onnx.proto.OnnxMl.NodeProto;
import dev.glimpse.onnx.OnnxModel;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A convolution or product with a trained weight.
 *
 * @param name of its weight without {@code .weight}; layers that share a weight share the name
 * @param node the operator
 * @param result what leaves it, behind its ReLU where nothing else reads it before
 */
record Layer(String name, NodeProto node, String result) {
    private static final String SUFFIX = ".weight";

    /** Value that flows in. */
    String activation() {
        return node.getInput(0);
    }

    String weight() {
        return node.getInput(1);
    }

    boolean isConvolution() {
        return node.getOpType().equals("Conv");
    }

    /** Names of the layers of a model, in order of execution. */
    static Set<String> names(OnnxModel model) {
        Set<String> names = new LinkedHashSet<>();
        of(new Graph(model)).forEach(layer -> names.add(layer.name()));
        return names;
    }

    static List<Layer> of(Graph graph) {
        List<Layer> layers = new ArrayList<>();
        for (NodeProto node : graph.nodes()) {
            boolean multiplies = Set.of("Conv", "Gemm", "MatMul").contains(node.getOpType());
            if (multiplies && graph.isInitialiser(node.getInput(1))) {
                String weight = node.getInput(1);
                String name = weight.endsWith(SUFFIX)
                        ? weight.substring(0, weight.length() - SUFFIX.length())
                        : node.getName();
                layers.add(new Layer(name, node, result(graph, node)));
            }
        }
        return layers;
    }

    private static String result(Graph graph, NodeProto node) {
        List<NodeProto> readers = graph.consumers(node.getOutput(0));
        boolean rectified = readers.size() == 1 && readers.get(0).getOpType().equals("Relu");
        return rectified ? readers.get(0).getOutput(0) : node.getOutput(0);
    }
}
