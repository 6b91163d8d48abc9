package dev.glimpse.engine;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import dev.glimpse.bundle.Manifest;
import dev.glimpse.bundle.Manifest.TensorContract;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One ONNX graph in an ONNX Runtime session. */
final class OrtNetwork implements Network {
    private final String graph;
    private final Manifest.Graph contract;
    private final OrtSession session;

    /** Takes over the session; closes it when the graph does not fit its contract. */
    OrtNetwork(String graph, Manifest.Graph contract, OrtSession session) throws OrtException {
        this.graph = graph;
        this.contract = contract;
        this.session = session;
        try {
            ContractCheck.check(
                    graph,
                    "input",
                    contract.inputs(),
                    found(session.getInputInfo().values()));
            ContractCheck.check(
                    graph,
                    "output",
                    contract.outputs(),
                    found(session.getOutputInfo().values()));
        } catch (OrtException | RuntimeException e) {
            session.close();
            throw e;
        }
    }

    private static List<TensorContract> found(Collection<NodeInfo> nodes) {
        return nodes.stream().map(OrtNetwork::found).toList();
    }

    private static TensorContract found(NodeInfo node) {
        if (!(node.getInfo() instanceof TensorInfo tensor)) {
            return new TensorContract(node.getName(), "no tensor", List.of());
        }
        List<Integer> shape =
                Arrays.stream(tensor.getShape()).mapToObj(Math::toIntExact).toList();
        return new TensorContract(node.getName(), label(tensor.type), shape);
    }

    private static String label(OnnxJavaType type) {
        return switch (type) {
            case FLOAT -> ElementType.FLOAT.label();
            case INT64 -> ElementType.INT64.label();
            case UINT8 -> ElementType.UINT8.label();
            default -> type.name();
        };
    }

    @Override
    public Call prepare(Map<String, Tensor> inputs, Map<String, Tensor> outputs) {
        Map<String, OrtTensor> in = Bindings.of(graph, "input", contract.inputs(), inputs, OrtTensor.class);
        Map<String, OrtTensor> out = Bindings.of(graph, "output", contract.outputs(), outputs, OrtTensor.class);
        Map<String, OnnxTensor> inHandles = handles(in);
        Map<String, OnnxTensor> outHandles = handles(out);
        return () -> {
            in.values().forEach(OrtTensor::handle); // refuses closed tensors before native code sees them
            out.values().forEach(OrtTensor::handle);
            try {
                session.run(inHandles, outHandles).close(); // pinned outputs stay open
            } catch (OrtException e) {
                throw new IllegalStateException(graph + " failed: " + e.getMessage(), e);
            }
        };
    }

    private static Map<String, OnnxTensor> handles(Map<String, OrtTensor> tensors) {
        Map<String, OnnxTensor> handles = new LinkedHashMap<>();
        tensors.forEach((name, tensor) -> handles.put(name, tensor.handle()));
        return handles;
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException(graph + " could not be closed", e);
        }
    }
}
