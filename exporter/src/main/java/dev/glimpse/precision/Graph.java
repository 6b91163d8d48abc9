package dev.glimpse.precision;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import dev.glimpse.onnx.OnnxModel;
import dev.glimpse.onnx.OnnxType;
import dev.glimpse.onnx.Value;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** A finished graph taken apart: its nodes in order of execution and its initialisers, to be put together in another way. */
final class Graph {
    private final OnnxModel model;
    private final List<NodeProto> nodes;
    private final Map<String, TensorProto> initialisers = new LinkedHashMap<>();
    private final Set<String> outputs;

    Graph(OnnxModel model) {
        this.model = model;
        GraphProto graph = model.proto().getGraph();
        nodes = graph.getNodeList();
        graph.getInitializerList().forEach(tensor -> initialisers.put(tensor.getName(), tensor));
        outputs = graph.getOutputList().stream().map(ValueInfoProto::getName).collect(Collectors.toSet());
    }

    List<NodeProto> nodes() {
        return nodes;
    }

    boolean isInitialiser(String name) {
        return initialisers.containsKey(name);
    }

    boolean isOutput(String name) {
        return outputs.contains(name);
    }

    boolean isFloat(String name) {
        Value value = model.values().get(name);
        return value != null && value.type() == OnnxType.FLOAT;
    }

    TensorProto initialiser(String name) {
        TensorProto tensor = initialisers.get(name);
        if (tensor == null) {
            throw new IllegalArgumentException("no initialiser " + name);
        }
        return tensor;
    }

    /** Elements of a float initialiser. */
    float[] floats(String name) {
        ByteBuffer bytes = initialiser(name).getRawData().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
        float[] values = new float[bytes.remaining() / Float.BYTES];
        bytes.asFloatBuffer().get(values);
        return values;
    }

    List<NodeProto> consumers(String name) {
        return nodes.stream().filter(node -> node.getInputList().contains(name)).toList();
    }

    /** The model with other nodes and more initialisers; those that no node reads any more are left out. */
    OnnxModel with(List<NodeProto> others, Map<String, TensorProto> more) {
        Set<String> read =
                others.stream().flatMap(node -> node.getInputList().stream()).collect(Collectors.toSet());
        List<TensorProto> kept = new ArrayList<>(initialisers.values());
        kept.addAll(more.values());
        kept.removeIf(tensor -> !read.contains(tensor.getName()));
        GraphProto.Builder graph = model.proto().getGraph().toBuilder()
                .clearNode()
                .clearInitializer()
                .addAllNode(others)
                .addAllInitializer(kept);
        return new OnnxModel(model.proto().toBuilder().setGraph(graph).build(), model.contract(), model.values());
    }

    static NodeProto node(String op, String name, List<String> inputs, String output, AttributeProto... attributes) {
        return NodeProto.newBuilder()
                .setOpType(op)
                .setName(name)
                .addAllInput(inputs)
                .addOutput(output)
                .addAllAttribute(List.of(attributes))
                .build();
    }

    static AttributeProto integer(String name, long value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.INT)
                .setI(value)
                .build();
    }

    static TensorProto tensor(String name, TensorProto.DataType type, ByteBuffer littleEndian, long... dims) {
        TensorProto.Builder tensor = TensorProto.newBuilder()
                .setName(name)
                .setDataType(type.getNumber())
                .setRawData(ByteString.copyFrom(littleEndian.rewind()));
        for (long dim : dims) {
            tensor.addDims(dim);
        }
        return tensor.build();
    }

    static TensorProto floats(String name, float[] values, long... dims) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return tensor(name, TensorProto.DataType.FLOAT, bytes, dims);
    }

    static TensorProto longs(String name, long... values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asLongBuffer().put(values);
        return tensor(name, TensorProto.DataType.INT64, bytes, values.length);
    }

    static TensorProto bytes(String name, TensorProto.DataType type, byte[] values, long... dims) {
        return tensor(name, type, ByteBuffer.wrap(values), dims);
    }
}
