package dev.glimpse.emit;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.glimpse.onnx.OnnxModel;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.LinkedHashMap;
import java.util.Map;

/** Runs a graph once on ONNX Runtime. */
public final class Ort {
    private final Map<String, OnnxTensor> inputs = new LinkedHashMap<>();
    private final OrtEnvironment environment = OrtEnvironment.getEnvironment();

    /** Outputs by name, flattened; integers as doubles. */
    public record Outputs(Map<String, double[]> values) {
        public double[] get(String name) {
            double[] found = values.get(name);
            if (found == null) {
                throw new AssertionError("no output " + name);
            }
            return found;
        }
    }

    public Ort with(String name, float[] values, long... shape) throws OrtException {
        inputs.put(name, OnnxTensor.createTensor(environment, FloatBuffer.wrap(values), shape));
        return this;
    }

    public Ort with(String name, long[] values, long... shape) throws OrtException {
        inputs.put(name, OnnxTensor.createTensor(environment, LongBuffer.wrap(values), shape));
        return this;
    }

    public Ort with(String name, byte[] values, long... shape) throws OrtException {
        inputs.put(name, OnnxTensor.createTensor(environment, ByteBuffer.wrap(values), shape, OnnxJavaType.UINT8));
        return this;
    }

    public Outputs run(OnnxModel model) throws OrtException {
        return run(model.bytes());
    }

    public Outputs run(byte[] model) throws OrtException {
        Map<String, double[]> outputs = new LinkedHashMap<>();
        try (OrtSession session = environment.createSession(model);
                OrtSession.Result result = session.run(inputs)) {
            for (Map.Entry<String, ai.onnxruntime.OnnxValue> entry : result) {
                outputs.put(entry.getKey(), doubles((OnnxTensor) entry.getValue()));
            }
        } finally {
            inputs.values().forEach(OnnxTensor::close);
        }
        return new Outputs(outputs);
    }

    private static double[] doubles(OnnxTensor tensor) {
        return switch (tensor.getInfo().type) {
            case FLOAT -> {
                FloatBuffer buffer = tensor.getFloatBuffer();
                double[] values = new double[buffer.remaining()];
                for (int i = 0; i < values.length; i++) {
                    values[i] = buffer.get(i);
                }
                yield values;
            }
            case INT64 -> {
                LongBuffer buffer = tensor.getLongBuffer();
                double[] values = new double[buffer.remaining()];
                for (int i = 0; i < values.length; i++) {
                    values[i] = buffer.get(i);
                }
                yield values;
            }
            default -> throw new AssertionError("unexpected " + tensor.getInfo());
        };
    }
}
