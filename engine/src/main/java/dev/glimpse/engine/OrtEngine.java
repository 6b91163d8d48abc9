package dev.glimpse.engine;

import static dev.glimpse.error.UserError.require;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.glimpse.bundle.Manifest;
import dev.glimpse.error.UserError;
import java.util.concurrent.atomic.AtomicInteger;

/** ONNX Runtime on the processor. */
public final class OrtEngine implements Engine {
    private final OrtEnvironment environment;
    private final OrtSession.SessionOptions options;
    private final AtomicInteger openTensors = new AtomicInteger();

    /**
     * @param threads processor threads that work on one network run, at least 1; with 1 the caller's thread does all work
     */
    public OrtEngine(int threads) {
        require(threads >= 1, "an engine needs at least 1 thread, found %d", threads);
        environment = OrtStart.environment();
        options = new OrtSession.SessionOptions();
        try {
            options.setIntraOpNumThreads(threads);
            options.setInterOpNumThreads(1);
            // Idle threads sleep: the cores also decode pictures and talk to Kafka.
            options.addConfigEntry("session.intra_op.allow_spinning", "0");
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime refused its settings", e);
        }
    }

    @Override
    public String name() {
        return "onnxruntime " + environment.getVersion();
    }

    @Override
    public Network open(String name, byte[] model, Manifest.Graph contract) {
        try {
            return new OrtNetwork(name, contract, environment.createSession(model, options));
        } catch (OrtException e) {
            throw new UserError(refusal(name, e), e);
        }
    }

    private String refusal(String graph, OrtException e) {
        String reason = String.valueOf(e.getMessage());
        if (e.getCode() == OrtException.OrtErrorCode.ORT_NOT_IMPLEMENTED
                || reason.contains("is not a registered function/op")) {
            return "%s uses an operator that %s does not have: %s. Export the bundle with opset 17"
                    .formatted(graph, name(), reason);
        }
        if (e.getCode() == OrtException.OrtErrorCode.ORT_INVALID_PROTOBUF) {
            return "expected an ONNX graph, found something else in %s: %s".formatted(graph, reason);
        }
        return "%s could not be loaded by %s: %s. Export the bundle again".formatted(graph, name(), reason);
    }

    @Override
    public Tensor allocate(ElementType type, long... shape) {
        return OrtTensor.allocate(type, shape, openTensors);
    }

    @Override
    public int openTensors() {
        return openTensors.get();
    }

    /** Frees the settings; the process-wide native environment stays for the next engine. */
    @Override
    public void close() {
        options.close();
    }
}
