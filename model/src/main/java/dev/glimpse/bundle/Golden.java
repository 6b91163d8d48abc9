package dev.glimpse.bundle;

import static dev.glimpse.error.UserError.require;

import dev.glimpse.error.UserError;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One recorded run of a graph: inputs and the outputs that the exporter saw for them.
 *
 * @param graph file name of the graph
 * @param tolerance largest allowed difference of an element, relative to 1 + the expected absolute value
 * @param inputs by name
 * @param outputs by name
 */
public record Golden(String graph, double tolerance, Map<String, Tensor> inputs, Map<String, Tensor> outputs) {
    public Golden {
        inputs = Collections.unmodifiableMap(new TreeMap<>(inputs)); // sorted: equal runs are equal bytes
        outputs = Collections.unmodifiableMap(new TreeMap<>(outputs));
    }

    /** The input of that name. */
    public Tensor input(String name) {
        return find(inputs, name);
    }

    /** The expected output of that name. */
    public Tensor output(String name) {
        return find(outputs, name);
    }

    private static Tensor find(Map<String, Tensor> tensors, String name) {
        Tensor tensor = tensors.get(name);
        if (tensor == null) {
            throw new UserError("a golden run has the tensors " + tensors.keySet() + ", not " + name);
        }
        return tensor;
    }

    /**
     * A tensor.
     *
     * @param type {@code float}, {@code int64} or {@code uint8}
     * @param shape its dimensions
     * @param data its elements, row-major, little-endian; base64 in JSON
     */
    @SuppressWarnings("ArrayRecordComponent") // compared element by element, with a tolerance
    public record Tensor(String type, List<Integer> shape, byte[] data) {
        public Tensor {
            shape = List.copyOf(shape);
            long elements = shape.stream().mapToLong(Integer::longValue).reduce(1, Math::multiplyExact);
            require(
                    data.length == elements * width(type),
                    "a golden tensor of %s %s needs %d bytes, found %d",
                    type,
                    shape,
                    elements * width(type),
                    data.length);
        }

        public static Tensor of(float[] values, Integer... shape) {
            ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            bytes.asFloatBuffer().put(values);
            return new Tensor("float", List.of(shape), bytes.array());
        }

        public static Tensor of(long[] values, Integer... shape) {
            ByteBuffer bytes = ByteBuffer.allocate(values.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            bytes.asLongBuffer().put(values);
            return new Tensor("int64", List.of(shape), bytes.array());
        }

        public static Tensor of(byte[] values, Integer... shape) {
            return new Tensor("uint8", List.of(shape), values);
        }

        /** The elements of a float tensor. */
        public float[] floats() {
            require(type.equals("float"), "expected a float tensor, found %s", type);
            float[] values = new float[data.length / Float.BYTES];
            little().asFloatBuffer().get(values);
            return values;
        }

        /** The elements of an int64 tensor. */
        public long[] longs() {
            require(type.equals("int64"), "expected an int64 tensor, found %s", type);
            long[] values = new long[data.length / Long.BYTES];
            little().asLongBuffer().get(values);
            return values;
        }

        private ByteBuffer little() {
            return ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN);
        }

        private static int width(String type) {
            return switch (type) {
                case "float" -> Float.BYTES;
                case "int64" -> Long.BYTES;
                case "uint8" -> 1;
                default -> throw new UserError("a golden tensor is float, int64 or uint8, found " + type);
            };
        }
    }
}
