package dev.glimpse.parameter;

import static dev.glimpse.error.UserError.require;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.JniUtils;
import dev.glimpse.safetensors.FloatTensor;
import dev.glimpse.safetensors.SafetensorsReader;
import dev.glimpse.seed.Seed;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** Named tensors in one flat array, in a manager of their own that takes nothing else in. */
final class TensorBlock implements AutoCloseable {
    private final List<ParameterSpec> specs;
    private final NDManager manager;
    private final NDArray flat; // (P)

    TensorBlock(NDManager parent, Device device, List<ParameterSpec> specs, Seed seed) {
        this.specs = List.copyOf(specs);
        Set<String> names = new HashSet<>();
        for (ParameterSpec spec : specs) {
            if (!names.add(spec.name())) {
                throw new IllegalArgumentException("two tensors are named " + spec.name());
            }
        }
        this.manager = parent.newSubManager(device);
        float[] values = new float[Math.toIntExact(count())];
        int from = 0;
        for (ParameterSpec spec : specs) {
            spec.init().fill(values, from, from + spec.size(), seed.at(spec.name()));
            from += spec.size();
        }
        this.flat = manager.create(values, new Shape(values.length));
        manager.cap();
    }

    long count() {
        return specs.stream().mapToLong(s -> s.shape().size()).sum();
    }

    NDArray flat() {
        return flat;
    }

    List<ParameterSpec> specs() {
        return specs;
    }

    /** Views that share storage with the block and belong to {@code step}. */
    Weights views(NDManager step, Device device, boolean gradient, Precision precision) {
        if (gradient && !JniUtils.isGradMode()) {
            throw new IllegalStateException("trainable views must be made while a gradient collector is open");
        }
        Loan.to(step, flat);
        NDArray leaf = flat.stopGradient();
        if (!device.equals(flat.getDevice())) {
            leaf = leaf.toDevice(device, true);
        }
        leaf.setRequiresGradient(gradient);
        return new Weights(leaf, specs, precision);
    }

    Map<String, FloatTensor> tensors() {
        float[] values = flat.toFloatArray();
        Map<String, FloatTensor> tensors = new LinkedHashMap<>();
        int from = 0;
        for (ParameterSpec spec : specs) {
            float[] part = Arrays.copyOfRange(values, from, from + spec.size());
            tensors.put(spec.name(), new FloatTensor(spec.shape().getShape(), part));
            from += spec.size();
        }
        return tensors;
    }

    float[] values(String name) {
        int from = 0;
        for (ParameterSpec spec : specs) {
            if (spec.name().equals(name)) {
                return Arrays.copyOfRange(flat.toFloatArray(), from, from + spec.size());
            }
            from += spec.size();
        }
        throw new IllegalArgumentException("this network has no tensor " + name);
    }

    void load(SafetensorsReader file, Path where, Predicate<String> fresh) {
        Map<String, FloatTensor> found = fresh(fresh);
        for (ParameterSpec spec : specs) {
            if (!fresh.test(spec.name()) && file.names().contains(spec.name())) {
                found.put(spec.name(), file.tensor(spec.name()));
            }
        }
        load(found, where.toString());
    }

    /** The tensors that stay as they are. */
    private Map<String, FloatTensor> fresh(Predicate<String> fresh) {
        Map<String, FloatTensor> kept = new LinkedHashMap<>();
        tensors().forEach((name, tensor) -> {
            if (fresh.test(name)) {
                kept.put(name, tensor);
            }
        });
        return kept;
    }

    void load(Map<String, FloatTensor> tensors, String where) {
        List<String> faults = new ArrayList<>();
        float[] values = new float[Math.toIntExact(count())];
        int from = 0;
        for (ParameterSpec spec : specs) {
            FloatTensor tensor = tensors.get(spec.name());
            if (tensor == null) {
                faults.add(spec.name() + " is missing");
            } else if (!Arrays.equals(tensor.shape(), spec.shape().getShape())) {
                faults.add(spec.name() + " has shape " + Arrays.toString(tensor.shape()) + " instead of "
                        + Arrays.toString(spec.shape().getShape()));
            } else {
                System.arraycopy(tensor.data(), 0, values, from, spec.size());
            }
            from += spec.size();
        }
        require(
                faults.isEmpty(),
                "%s does not fit this network: %s. It was trained with other sizes; use the settings of its run, or train anew.",
                where,
                String.join("; ", faults));
        set(values);
    }

    void set(float[] values) {
        if (values.length != count()) {
            throw new IllegalArgumentException("expected " + count() + " values, found " + values.length);
        }
        flat.set(values);
    }

    @Override
    public void close() {
        manager.close();
    }
}
