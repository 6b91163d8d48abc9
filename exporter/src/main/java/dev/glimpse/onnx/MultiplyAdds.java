package dev.glimpse.onnx;

import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.Objects;

/** Multiplications with addition that one row of a graph's batch takes: those of convolutions and products. */
public final class MultiplyAdds {
    private final OnnxModel model;

    private MultiplyAdds(OnnxModel model) {
        this.model = model;
    }

    /** Counted on a graph as it was emitted. */
    public static long of(OnnxModel model) {
        MultiplyAdds counting = new MultiplyAdds(model);
        return model.proto().getGraph().getNodeList().stream()
                .mapToLong(counting::of)
                .sum();
    }

    private long of(NodeProto node) {
        return switch (node.getOpType()) {
            case "Conv" -> {
                Shape weight = shape(node.getInput(1)); // (out, in / groups, height, width)
                yield elements(shape(node.getOutput(0))) * elements(weight) / weight.dim(0);
            }
            case "MatMul", "Gemm" -> {
                Shape left = shape(node.getInput(0));
                yield elements(shape(node.getOutput(0))) * left.dim(-1);
            }
            default -> 0;
        };
    }

    private Shape shape(String name) {
        return Objects.requireNonNull(model.values().get(name), name).shape();
    }

    /** With a batch of 1. */
    private static long elements(Shape shape) {
        return Math.abs(shape.elements());
    }
}
