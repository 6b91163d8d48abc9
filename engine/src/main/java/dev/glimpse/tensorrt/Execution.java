package dev.glimpse.tensorrt;

import dev.glimpse.cuda.Cuda;
import java.util.OptionalLong;
import org.bytedeco.cuda.cudart.CUstream_st;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.tensorrt.nvinfer.Dims64;
import org.bytedeco.tensorrt.nvinfer.IExecutionContext;

/**
 * A network bound to tensors. A recorded one runs plainly the first time, which lets TensorRT settle what it puts off, is
 * recorded the second time, and launched as a whole from then on; one that cannot be recorded runs plainly for ever.
 */
final class Execution {
    private final String graph;
    private final Cuda cuda;
    private final IExecutionContext context;
    private final BuildLog log;
    private final Bound bound;
    private final CUstream_st stream;
    private boolean record;
    private boolean settled;
    private OptionalLong recording = OptionalLong.empty();

    Execution(String graph, Cuda cuda, IExecutionContext context, BuildLog log, Bound bound, boolean record) {
        this.graph = graph;
        this.cuda = cuda;
        this.context = context;
        this.log = log;
        this.bound = bound;
        this.record = record;
        this.stream = new CUstream_st(new Address(cuda.stream()));
    }

    /** A pointer of JavaCPP to somewhere. */
    private static final class Address extends Pointer {
        Address(long address) {
            this.address = address;
        }
    }

    IExecutionContext context() {
        return context;
    }

    /** Tells TensorRT shapes and addresses. */
    void bind() {
        bound.inputs.forEach((name, tensor) -> {
            try (Dims64 dims = PlanBuilder.dims(tensor.shape())) {
                require(context.setInputShape(name, dims), "the shape of input " + name);
            }
            require(context.setTensorAddress(name, new Address(tensor.address())), "the address of input " + name);
        });
        bound.outputs.forEach((name, tensor) -> {
            requireShape(name, tensor.shape());
            require(context.setTensorAddress(name, new Address(tensor.address())), "the address of output " + name);
        });
    }

    /** An output must be as large as TensorRT will write it, as far as that is known before it runs. */
    private void requireShape(String name, long[] shape) {
        Dims64 dims = context.getTensorShape(name);
        boolean fits = dims.nbDims() == shape.length;
        for (int i = 0; fits && i < shape.length; i++) {
            fits = dims.d(i) == -1 || dims.d(i) == shape[i];
        }
        require(fits, "the shape of output " + name);
    }

    private void require(boolean accepted, String what) {
        if (!accepted) {
            throw new IllegalArgumentException(
                    "%s: TensorRT refused %s: %s".formatted(graph, what, String.join("; ", log.takeErrors())));
        }
    }

    /** Runs and waits for the end. */
    void run() {
        if (record && settled && recording.isEmpty()) {
            recording = cuda.record(this::enqueue);
            record = recording.isPresent();
        }
        if (recording.isPresent()) {
            cuda.launch(recording.getAsLong());
        } else {
            runPlainly();
        }
        cuda.synchronize();
        settled = true;
    }

    /** When TensorRT refuses, the device may have failed for good: that is told apart first. */
    private void runPlainly() {
        try {
            enqueue();
        } catch (IllegalStateException e) {
            cuda.requireAlive();
            throw e;
        }
    }

    private void enqueue() {
        if (!context.enqueueV3(stream)) {
            throw new IllegalStateException(
                    "%s failed on TensorRT: %s".formatted(graph, String.join("; ", log.takeErrors())));
        }
    }

    void close() {
        recording.ifPresent(cuda::forget);
        Natives.delete(context);
    }
}
