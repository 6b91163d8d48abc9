package dev.glimpse.onnx;

import static dev.glimpse.error.UserError.require;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashSet;
import java.util.Set;

/**
 * Stores the large weights of a graph as half-precision numbers, each followed by a Cast to float. Halves the file; engines
 * fold the casts when they load it, so the arithmetic and its speed stay those of float. A weight changes by at most 2^-11
 * of itself.
 */
public final class HalfStorage {
    /** Smaller tensors are biases and tables: they stay as they are. */
    private static final int SMALLEST = 1024;

    private HalfStorage() {}

    /** The same graph with the weights of convolutions, products and embedding tables stored in half precision. */
    public static OnnxModel of(OnnxModel model) {
        GraphProto graph = model.proto().getGraph();
        Set<String> weights = weights(graph);
        GraphProto.Builder rewritten = graph.toBuilder().clearInitializer().clearNode();
        for (TensorProto tensor : graph.getInitializerList()) {
            if (isLarge(tensor) && weights.contains(tensor.getName())) {
                String name = tensor.getName() + "_half";
                rewritten.addInitializer(half(tensor, name));
                rewritten.addNode(cast(name, tensor.getName()));
            } else {
                rewritten.addInitializer(tensor);
            }
        }
        rewritten.addAllNode(graph.getNodeList());
        return new OnnxModel(model.proto().toBuilder().setGraph(rewritten).build(), model.contract(), model.values());
    }

    private static Set<String> weights(GraphProto graph) {
        Set<String> names = new HashSet<>();
        for (NodeProto node : graph.getNodeList()) {
            switch (node.getOpType()) {
                case "Conv", "MatMul", "Gemm" -> names.add(node.getInput(1));
                case "Gather" -> {
                    if (node.getInput(0).endsWith(".weight")) { // anchors keep their exact places
                        names.add(node.getInput(0));
                    }
                }
                default -> {}
            }
        }
        return names;
    }

    private static boolean isLarge(TensorProto tensor) {
        return tensor.getDataType() == DataType.FLOAT.getNumber()
                && tensor.getRawData().size() >= SMALLEST * Float.BYTES;
    }

    /**
     * A float tensor in half precision.
     *
     * @throws dev.glimpse.error.UserError when a number is too large for half precision
     */
    public static TensorProto half(TensorProto tensor, String name) {
        ByteBuffer floats = tensor.getRawData().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
        ByteBuffer halves = ByteBuffer.allocate(floats.remaining() / 2).order(ByteOrder.LITTLE_ENDIAN);
        while (floats.hasRemaining()) {
            float value = floats.getFloat();
            require(
                    Math.abs(value) < 65520,
                    "%s: expected numbers below 65520, the range of half precision, found %s. Export in fp32.",
                    tensor.getName(),
                    value);
            halves.putShort(half(value));
        }
        return tensor.toBuilder()
                .setName(name)
                .setDataType(DataType.FLOAT16.getNumber())
                .setRawData(ByteString.copyFrom(halves.flip()))
                .build();
    }

    private static NodeProto cast(String from, String to) {
        return NodeProto.newBuilder()
                .setOpType("Cast")
                .setName("Cast_" + to)
                .addInput(from)
                .addOutput(to)
                .addAttribute(AttributeProto.newBuilder()
                        .setName("to")
                        .setType(AttributeProto.AttributeType.INT)
                        .setI(DataType.FLOAT.getNumber()))
                .build();
    }

    /** IEEE 754 binary16 nearest to a float, ties to even; too large a number becomes infinite. */
    static short half(float value) {
        int bits = Float.floatToRawIntBits(value);
        int sign = bits >>> 16 & 0x8000;
        float magnitude = Math.abs(value);
        if (Float.isNaN(value)) {
            return (short) (sign | 0x7E00);
        }
        if (magnitude >= 65520) {
            return (short) (sign | 0x7C00);
        }
        if (magnitude < 0x1p-14f) {
            return (short) (sign | (int) Math.rint(magnitude * 0x1p24));
        }
        int rest = bits & 0x7FFFFFFF;
        int rounded = rest + 0xFFF + (rest >>> 13 & 1);
        return (short) (sign | (rounded - (112 << 23)) >>> 13);
    }
}
