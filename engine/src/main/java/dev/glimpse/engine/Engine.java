package dev.glimpse.engine;

import dev.glimpse.bundle.Manifest;

/**
 * Runs compiled networks: ONNX Runtime on a processor, TensorRT on a GPU.
 *
 * <p>Thread confinement: an engine, its networks and its tensors are used by one thread at a time, and closed on a thread
 * that sees all that was done before. Close networks and tensors first, the engine last.
 */
public interface Engine extends AutoCloseable {
    /** Name and version, such as {@code onnxruntime 1.29.0}. */
    String name();

    /**
     * Loads a network and compares its inputs and outputs with what the bundle's manifest promises.
     *
     * @param name name of the graph, for messages
     * @param model the ONNX graph
     * @param contract its inputs and outputs
     * @throws dev.glimpse.error.UserError when the bytes are no ONNX graph, use an operator that this engine lacks, or have
     *     other inputs or outputs than the contract
     */
    Network open(String name, byte[] model, Manifest.Graph contract);

    /**
     * A new tensor of zeros in this engine's memory. Close it.
     *
     * @param shape every dimension at least 1
     */
    Tensor allocate(ElementType type, long... shape);

    /** A new tensor with these values. Close it. */
    default Tensor floats(float[] values, long... shape) {
        Tensor tensor = allocate(ElementType.FLOAT, shape);
        tensor.write(0, values);
        return tensor;
    }

    /** A new tensor with these values. Close it. */
    default Tensor longs(long[] values, long... shape) {
        Tensor tensor = allocate(ElementType.INT64, shape);
        tensor.write(0, values);
        return tensor;
    }

    /** A new tensor with these values, 0 to 255 unsigned. Close it. */
    default Tensor bytes(byte[] values, long... shape) {
        Tensor tensor = allocate(ElementType.UINT8, shape);
        tensor.write(0, values);
        return tensor;
    }

    /** Rows that one run of a network may have at most. */
    default int maxRows() {
        return Integer.MAX_VALUE;
    }

    /** Tensors made and not closed: 0 when nothing leaks. */
    int openTensors();

    @Override
    void close();
}
