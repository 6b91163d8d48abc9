package dev.glimpse.parameter;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.glimpse.safetensors.FloatTensor;
import dev.glimpse.safetensors.SafetensorsReader;
import dev.glimpse.seed.Seed;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * All trainable tensors of a network in one flat float32 array of length P.
 *
 * <p>A step asks for {@link #trainable views}, computes a loss, runs backward and reads the gradient of all of them at once
 * from {@link Weights#gradient()}: the backward pass of the split that made the views is one concatenation. The views
 * are made anew in each step, so no gradient outlives its step.
 *
 * <p>Used by one thread; {@link #close} frees the array.
 */
public final class Parameters implements AutoCloseable {
    private final TensorBlock block;

    /**
     * Initialises every tensor from the seed and its name.
     *
     * @param parent a long-lived manager; the array lives in a sub-manager of it
     */
    public Parameters(NDManager parent, List<ParameterSpec> specs, Seed seed) {
        this(parent, parent.getDevice(), specs, seed);
    }

    /** As the other constructor, on a device of its own. */
    public Parameters(NDManager parent, Device device, List<ParameterSpec> specs, Seed seed) {
        this.block = new TensorBlock(parent, device, specs, seed);
    }

    /**
     * Views that carry gradient, on the device of the parameters, valid until {@code step} is closed. A gradient collector
     * must be open: it is what makes the engine record the split.
     */
    public Weights trainable(NDManager step) {
        return block.views(step, flat().getDevice(), true, Precision.FP32);
    }

    /** Views of a copy on another device that carry gradient: one per device when several share a step. */
    public Weights trainable(NDManager step, Device device) {
        return block.views(step, device, true, Precision.FP32);
    }

    /**
     * As the other methods.
     *
     * @param precision of matrix products; gradients are 32 bits wide
     */
    public Weights trainable(NDManager step, Device device, Precision precision) {
        return block.views(step, device, true, precision);
    }

    /** Views without gradient, for evaluation, valid until {@code step} is closed. */
    public Weights constant(NDManager step) {
        return block.views(step, flat().getDevice(), false, Precision.FP32);
    }

    /** The array itself (P), for the optimiser. */
    public NDArray flat() {
        return block.flat();
    }

    /** The tensors in the order in which they stand in the array. */
    public List<ParameterSpec> specs() {
        return block.specs();
    }

    /** Number of parameters P. */
    public long count() {
        return block.count();
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
     * Takes all tensors from a file; tensors of the file that this network has not are left alone, since a file may hold
     * running statistics too.
     *
     * @throws dev.glimpse.error.UserError that lists every tensor that is missing or has another shape
     */
    public void load(SafetensorsReader file, Path where) {
        block.load(file, where, name -> false);
    }

    /** As the other method, but tensors of {@code fresh} names stay as they are: the head of a new task. */
    public void load(SafetensorsReader file, Path where, Predicate<String> fresh) {
        block.load(file, where, fresh);
    }

    /**
     * As the other method, from tensors in memory.
     *
     * @param where what an error calls their source
     */
    public void load(Map<String, FloatTensor> tensors, String where) {
        block.load(tensors, where);
    }

    /** Overwrites all parameters, in their order. */
    public void set(float[] values) {
        block.set(values);
    }

    @Override
    public void close() {
        block.close();
    }
}
