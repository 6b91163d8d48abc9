package dev.glimpse.onnx;

import static dev.glimpse.onnx.Shape.check;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import dev.glimpse.bundle.Manifest;
import dev.glimpse.bundle.Manifest.TensorContract;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The protobuf side of a graph under construction: names, nodes, constants, inputs and outputs. */
final class Nodes {
    static final int OPSET = 17;
    static final int IR_VERSION = 8;

    private final GraphProto.Builder graph;
    private final Map<String, Integer> counts = new HashMap<>();
    private final Map<ByteString, Value> constants = new HashMap<>();
    private final Map<String, Value> values = new HashMap<>();
    private final List<TensorContract> inputs = new ArrayList<>();
    private final List<TensorContract> outputs = new ArrayList<>();

    Nodes(String name) {
        graph = GraphProto.newBuilder().setName(name);
    }

    Value add(String op, OnnxType type, Shape shape, List<Value> operands, AttributeProto... attributes) {
        return add(op, List.of(type), List.of(shape), operands, attributes).get(0);
    }

    /** Adds a node with several results. */
    List<Value> add(
            String op, List<OnnxType> types, List<Shape> shapes, List<Value> operands, AttributeProto... attributes) {
        NodeProto.Builder node = NodeProto.newBuilder().setOpType(op).setName(unique(op));
        List<Value> results = new ArrayList<>();
        for (int i = 0; i < types.size(); i++) {
            String name = types.size() == 1 ? node.getName() : node.getName() + "_" + i;
            results.add(keep(new Value(name, types.get(i), shapes.get(i))));
            node.addOutput(name);
        }
        operands.forEach(operand -> node.addInput(operand.name()));
        node.addAllAttribute(List.of(attributes));
        graph.addNode(node);
        return results;
    }

    private String unique(String op) {
        return op + "_" + counts.merge(op, 1, Integer::sum);
    }

    /** A constant; equal ones are stored once. */
    Value constant(OnnxType type, ByteBuffer littleEndian, Shape shape) {
        return constant(type, littleEndian, shape, "");
    }

    /** The same under that name, or under a number when the name is empty. */
    Value constant(OnnxType type, ByteBuffer littleEndian, Shape shape, String wanted) {
        TensorProto.Builder tensor = TensorProto.newBuilder()
                .setDataType(type.number())
                .addAllDims(shape.dims())
                .setRawData(ByteString.copyFrom(littleEndian.rewind()));
        return constants.computeIfAbsent(tensor.build().toByteString(), key -> {
            String name = wanted.isEmpty() ? unique("constant") : wanted;
            graph.addInitializer(tensor.setName(name));
            return keep(new Value(name, type, shape));
        });
    }

    static ByteBuffer bytes(float... values) {
        ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(values.length, Float.BYTES))
                .order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return bytes;
    }

    static ByteBuffer bytes(long... values) {
        ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(values.length, Long.BYTES))
                .order(ByteOrder.LITTLE_ENDIAN);
        bytes.asLongBuffer().put(values);
        return bytes;
    }

    Value input(String name, OnnxType type, Shape shape) {
        graph.addInput(info(name, type, shape));
        inputs.add(contract(name, type, shape));
        return keep(new Value(name, type, shape));
    }

    /** Makes the value an output under that name, through an Identity node that engines remove. */
    void output(String name, Value value) {
        graph.addNode(NodeProto.newBuilder()
                .setOpType("Identity")
                .setName(unique("Identity"))
                .addInput(value.name())
                .addOutput(name));
        graph.addOutput(info(name, value.type(), value.shape()));
        outputs.add(contract(name, value.type(), value.shape()));
        keep(new Value(name, value.type(), value.shape()));
    }

    private Value keep(Value value) {
        values.put(value.name(), value);
        return value;
    }

    private static TensorContract contract(String name, OnnxType type, Shape shape) {
        return new TensorContract(
                name, type.label(), shape.dims().stream().map(Math::toIntExact).toList());
    }

    private static ValueInfoProto info(String name, OnnxType type, Shape shape) {
        TensorShapeProto.Builder dims = TensorShapeProto.newBuilder();
        for (long dim : shape.dims()) {
            check(dim >= Shape.BATCH, "%s %s: at the border a dimension is a number or the batch", name, shape);
            TensorShapeProto.Dimension.Builder builder = TensorShapeProto.Dimension.newBuilder();
            dims.addDim(dim == Shape.BATCH ? builder.setDimParam("B") : builder.setDimValue(dim));
        }
        TypeProto.Tensor tensor = TypeProto.Tensor.newBuilder()
                .setElemType(type.number())
                .setShape(dims)
                .build();
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder().setTensorType(tensor))
                .build();
    }

    OnnxModel build() {
        ModelProto model = ModelProto.newBuilder()
                .setIrVersion(IR_VERSION)
                .setProducerName("glimpse")
                .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(OPSET))
                .setGraph(graph)
                .build();
        return new OnnxModel(model, new Manifest.Graph(inputs, outputs), Map.copyOf(values));
    }
}
