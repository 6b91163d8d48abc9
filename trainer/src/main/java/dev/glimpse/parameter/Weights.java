package dev.glimpse.parameter;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import dev.glimpse.array.Cast;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Named views of one flat array, for one step: they belong to the step's manager and die with it. Views of a trainable
 * array carry gradient; {@link #gradient()} collects it. In {@link Precision#FP16} matrix products use views of a copy in 16
 * bits, and whatever needs 32, such as a norm, the {@link #master} ones; both lead to the same gradient.
 */
public final class Weights {
    private final NDArray leaf; // (P)
    private final Map<String, NDArray> masters;
    private final Map<String, NDArray> views;

    Weights(NDArray leaf, List<ParameterSpec> specs, Precision precision) {
        this.leaf = leaf;
        this.masters = views(leaf, specs);
        this.views = precision == Precision.FP32 ? masters : views(Cast.narrow(leaf), specs);
    }

    private static Map<String, NDArray> views(NDArray flat, List<ParameterSpec> specs) {
        Map<String, NDArray> views = new HashMap<>(specs.size() * 2);
        NDList parts = specs.size() == 1 ? new NDList(flat) : flat.split(inner(specs), 0);
        for (int i = 0; i < specs.size(); i++) {
            views.put(specs.get(i).name(), parts.get(i).reshape(specs.get(i).shape()));
        }
        return views;
    }

    /** Offsets between the parts. */
    private static long[] inner(List<ParameterSpec> specs) {
        long[] offsets = new long[specs.size() - 1];
        long end = 0;
        for (int i = 0; i < offsets.length; i++) {
            end += specs.get(i).size();
            offsets[i] = end;
        }
        return offsets;
    }

    /** The tensor of that name; writing into a view of running statistics changes the statistics. */
    public NDArray get(String name) {
        return get(views, name);
    }

    /** The tensor of that name in 32 bits, whatever the precision. */
    public NDArray master(String name) {
        return get(masters, name);
    }

    private static NDArray get(Map<String, NDArray> views, String name) {
        NDArray view = views.get(name);
        if (view == null) {
            throw new IllegalArgumentException("this network has no tensor " + name);
        }
        return view;
    }

    /** Whether the network has a tensor of that name. */
    public boolean has(String name) {
        return views.containsKey(name);
    }

    /**
     * The gradient of the last backward pass with respect to all parameters, in their order.
     *
     * @return (P), in the manager of the step
     */
    public NDArray gradient() {
        return leaf.getGradient();
    }
}
