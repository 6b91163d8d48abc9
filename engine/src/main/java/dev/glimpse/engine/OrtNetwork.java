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
        Map<String, OrtTensor> in = bound("input", contract.inputs(), inputs);
        Map<String, OrtTensor> out = bound("output", contract.outputs(), outputs);
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

    private Map<String, OrtTensor> bound(String side, List<TensorContract> contracts, Map<String, Tensor> tensors) {
        if (tensors.size() != contracts.size()) {
            throw new IllegalArgumentException(
                    "%s has %d %ss, found %s".formatted(graph, contracts.size(), side, tensors.keySet()));
        }
        Map<String, OrtTensor> bound = new LinkedHashMap<>();
        for (TensorContract contract : contracts) {
            if (!(tensors.get(contract.name()) instanceof OrtTensor tensor) || !fits(contract, tensor)) {
                throw new IllegalArgumentException("%s: %s `%s` must be %s %s, found %s"
                        .formatted(
                                graph,
                                side,
                                contract.name(),
                                contract.type(),
                                contract.shape(),
                                words(tensors, contract)));
            }
            bound.put(contract.name(), tensor);
        }
        return bound;
    }

    private static boolean fits(TensorContract contract, OrtTensor tensor) {
        long[] shape = tensor.shape();
        boolean fits = tensor.type().label().equals(contract.type())
                && shape.length == contract.shape().size();
        for (int i = 0; fits && i < shape.length; i++) {
            int expected = contract.shape().get(i);
            fits = expected == -1 || expected == shape[i];
        }
        return fits;
    }

    private static String words(Map<String, Tensor> tensors, TensorContract contract) {
        Tensor tensor = tensors.get(contract.name());
        return tensor == null ? "none" : tensor.type().label() + " " + Arrays.toString(tensor.shape());
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
