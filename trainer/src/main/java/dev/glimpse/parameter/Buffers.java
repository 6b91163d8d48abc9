package dev.glimpse.parameter;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.glimpse.safetensors.FloatTensor;
import dev.glimpse.safetensors.SafetensorsReader;
import dev.glimpse.seed.Seed;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Tensors of a network that training changes without gradient: the running means and variances of batch norms. Like
 * {@link Parameters} one flat array with named views; what is written into a view stays.
 *
 * <p>Used by one thread; {@link #close} frees the array.
 */
public final class Buffers implements AutoCloseable {
    private final TensorBlock block;

    public Buffers(NDManager parent, List<ParameterSpec> specs) {
        this.block = new TensorBlock(parent, parent.getDevice(), specs, new Seed(0));
    }

    /** Views that share storage with the buffers, valid until {@code step} is closed. */
    public Weights views(NDManager step) {
        return block.views(step, block.flat().getDevice(), false, Precision.FP32);
    }

    /** The array itself. */
    public NDArray flat() {
        return block.flat();
    }

    /** Copies of all tensors by name, for a file. */
    public Map<String, FloatTensor> tensors() {
        return block.tensors();
    }

    /** Copy of one tensor. */
    public float[] values(String name) {
        return block.values(name);
    }

    /**
     * Takes all tensors from a file.
     *
     * @throws dev.glimpse.error.UserError that lists every tensor that is missing or has another shape
     */
    public void load(SafetensorsReader file, Path where) {
        block.load(file, where, name -> false);
    }

    /**
     * As the other method, from tensors in memory.
     *
     * @param where what an error calls their source
     */
    public void load(Map<String, FloatTensor> tensors, String where) {
        block.load(tensors, where);
    }

    @Override
    public void close() {
        block.close();
    }
}
