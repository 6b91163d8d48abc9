package dev.glimpse.run;

import dev.glimpse.safetensors.FloatTensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Numbers of a checkpoint that are no tensors of a network. */
final class StateTensors {
    private StateTensors() {}

    static FloatTensor of(float... values) {
        return new FloatTensor(new long[] {values.length}, values);
    }

    /**
     * The numbers of that name.
     *
     * @throws IllegalStateException when a checkpoint that is whole lacks them
     */
    static float[] get(State state, String name) {
        FloatTensor tensor = state.tensors().get(name);
        if (tensor == null) {
            throw new IllegalStateException("a whole checkpoint of this stage lacks " + name);
        }
        return tensor.data();
    }

    /** Several flat arrays as {@code NAME.0}, {@code NAME.1} and so on. */
    static void put(Map<String, FloatTensor> tensors, String name, List<float[]> arrays) {
        for (int i = 0; i < arrays.size(); i++) {
            tensors.put(name + "." + i, of(arrays.get(i)));
        }
    }

    /** What {@link #put} put. */
    static List<float[]> list(State state, String name) {
        List<float[]> arrays = new ArrayList<>();
        while (state.tensors().containsKey(name + "." + arrays.size())) {
            arrays.add(get(state, name + "." + arrays.size()));
        }
        return arrays;
    }
}
