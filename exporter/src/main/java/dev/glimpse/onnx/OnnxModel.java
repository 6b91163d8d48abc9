package dev.glimpse.onnx;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import dev.glimpse.bundle.Manifest;
import java.util.Map;

/**
 * A finished graph.
 *
 * @param proto the ONNX model
 * @param contract its inputs and outputs, as a bundle's manifest states them
 * @param values type and shape of everything that was named when the graph was emitted
 */
public record OnnxModel(ModelProto proto, Manifest.Graph contract, Map<String, Value> values) {
    /** The content of an .onnx file. */
    public byte[] bytes() {
        return proto.toByteArray();
    }

    /** Number of constant float elements: weights with batch norms folded in, and tables computed beforehand. */
    public long parameters() {
        return proto.getGraph().getInitializerList().stream()
                .filter(tensor -> tensor.getDataType() == TensorProto.DataType.FLOAT.getNumber()
                        || tensor.getDataType() == TensorProto.DataType.FLOAT16.getNumber())
                .mapToLong(tensor ->
                        tensor.getDimsList().stream().mapToLong(Long::longValue).reduce(1, (a, b) -> a * b))
                .sum();
    }
}
