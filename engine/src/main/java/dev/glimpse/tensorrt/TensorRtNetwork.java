package dev.glimpse.tensorrt;

import dev.glimpse.bundle.Manifest;
import dev.glimpse.bundle.Manifest.TensorContract;
import dev.glimpse.cuda.Cuda;
import dev.glimpse.engine.Bindings;
import dev.glimpse.engine.ContractCheck;
import dev.glimpse.engine.Network;
import dev.glimpse.engine.Tensor;
import dev.glimpse.error.UserError;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.tensorrt.global.nvinfer.DataType;
import org.bytedeco.tensorrt.global.nvinfer.TensorIOMode;
import org.bytedeco.tensorrt.nvinfer.Dims64;
import org.bytedeco.tensorrt.nvinfer.ICudaEngine;
import org.bytedeco.tensorrt.nvinfer.IExecutionContext;

/** One network, compiled and loaded. */
final class TensorRtNetwork implements Network {
    /** Sets of tensors whose recording is kept: even and odd steps of a few batch sizes. */
    private static final int RECORDINGS = 16;

    private final String graph;
    private final Manifest.Graph contract;
    private final Cuda cuda;
    private final ICudaEngine engine;
    private final BuildLog log;
    private final int most;
    private final boolean recorded;
    private final Map<Bound, Execution> executions = new LinkedHashMap<>(RECORDINGS, .75f, true);

    /**
     * Takes the engine over once it returns.
     *
     * @param most rows at most
     * @param recorded whether runs are recorded and launched as a whole
     * @throws UserError when the network does not fit its contract
     */
    TensorRtNetwork(
            String graph,
            Manifest.Graph contract,
            Cuda cuda,
            ICudaEngine engine,
            BuildLog log,
            int most,
            boolean recorded) {
        this.graph = graph;
        this.contract = contract;
        this.cuda = cuda;
        this.engine = engine;
        this.log = log;
        this.most = most;
        this.recorded = recorded;
        ContractCheck.check(graph, "input", contract.inputs(), found(TensorIOMode.kINPUT, contract.inputs()));
        ContractCheck.check(graph, "output", contract.outputs(), found(TensorIOMode.kOUTPUT, contract.outputs()));
    }

    private List<TensorContract> found(TensorIOMode mode, List<TensorContract> expected) {
        List<TensorContract> found = new ArrayList<>();
        for (int i = 0; i < engine.getNbIOTensors(); i++) {
            String name = engine.getIOTensorName(i);
            if (name != null && engine.getTensorIOMode(name).intern() == mode) {
                found.add(found(name, expected));
            }
        }
        return found;
    }

    /** Name, type and shape; a dimension that TensorRT learns only while it runs is taken as promised. */
    private TensorContract found(String name, List<TensorContract> expected) {
        List<Integer> promised = expected.stream()
                .filter(tensor -> tensor.name().equals(name))
                .map(TensorContract::shape)
                .findFirst()
                .orElse(List.of());
        Dims64 dims = engine.getTensorShape(name);
        List<Integer> shape = new ArrayList<>();
        for (int i = 0; i < dims.nbDims(); i++) {
            shape.add(dims.d(i) == -1 && i < promised.size() ? promised.get(i) : (Integer) Math.toIntExact(dims.d(i)));
        }
        return new TensorContract(name, label(engine.getTensorDataType(name).intern()), shape);
    }

    private static String label(DataType type) {
        return switch (type) {
            case kFLOAT -> "float";
            case kINT64 -> "int64";
            case kUINT8 -> "uint8";
            default -> type.name();
        };
    }

    @Override
    public Call prepare(Map<String, Tensor> inputs, Map<String, Tensor> outputs) {
        Bound bound = new Bound(
                Bindings.of(graph, "input", contract.inputs(), inputs, DeviceTensor.class),
                Bindings.of(graph, "output", contract.outputs(), outputs, DeviceTensor.class));
        requireRows(bound);
        return () -> {
            cuda.enter();
            bound.requireOpen();
            if (recorded) {
                recording(bound).run();
            } else {
                shared(bound).run();
            }
        };
    }

    private void requireRows(Bound bound) {
        for (TensorContract input : contract.inputs()) {
            long rows = bound.rows(input.name());
            UserError.require(
                    !input.shape().contains(-1) || rows <= most,
                    "%s is compiled for at most %d rows, asked for %d. Use smaller batches or fewer beams",
                    graph,
                    most,
                    rows);
        }
    }

    /** The one execution of a network that is not recorded, bound anew when the tensors change. */
    private Execution shared(Bound bound) {
        Execution execution = executions.get(bound);
        if (execution == null) {
            IExecutionContext context = executions.isEmpty()
                    ? context()
                    : executions.remove(executions.keySet().iterator().next()).context();
            execution = new Execution(graph, cuda, context, log, bound, false);
            executions.put(bound, execution);
            execution.bind();
        }
        return execution;
    }

    /** An execution for these tensors alone: what was recorded stays right as long as nothing else uses its context. */
    private Execution recording(Bound bound) {
        Execution execution = executions.get(bound);
        if (execution == null) {
            if (executions.size() == RECORDINGS) {
                executions.remove(executions.keySet().iterator().next()).close();
            }
            execution = new Execution(graph, cuda, context(), log, bound, true);
            executions.put(bound, execution);
            execution.bind();
        }
        return execution;
    }

    private IExecutionContext context() {
        IExecutionContext context = engine.createExecutionContext();
        if (context == null || context.isNull()) {
            cuda.requireAlive();
            throw new IllegalStateException(
                    "%s: TensorRT has no memory to run it: %s".formatted(graph, String.join("; ", log.takeErrors())));
        }
        return context;
    }

    @Override
    public void close() {
        cuda.enter();
        executions.values().forEach(Execution::close);
        executions.clear();
        Natives.delete(engine);
    }
}
