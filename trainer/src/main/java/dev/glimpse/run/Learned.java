package dev.glimpse.run;

import ai.djl.ndarray.NDArray;
import dev.glimpse.parameter.Buffers;
import dev.glimpse.parameter.Parameters;
import dev.glimpse.safetensors.FloatTensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All that training changes in a network.
 *
 * @param parameters what has a gradient
 * @param buffers what has none: running statistics
 */
record Learned(Parameters parameters, List<Buffers> buffers) {
    Learned {
        buffers = List.copyOf(buffers);
    }

    /** The flat arrays themselves: parameters first. */
    List<NDArray> flats() {
        List<NDArray> flats = new ArrayList<>();
        flats.add(parameters.flat());
        buffers.forEach(b -> flats.add(b.flat()));
        return flats;
    }

    /** Copies of the flat arrays. */
    List<float[]> values() {
        return flats().stream().map(NDArray::toFloatArray).toList();
    }

    /** Overwrites the flat arrays. */
    void set(List<float[]> values) {
        List<NDArray> flats = flats();
        for (int i = 0; i < flats.size(); i++) {
            flats.get(i).set(values.get(i));
        }
    }

    Map<String, FloatTensor> tensors() {
        Map<String, FloatTensor> tensors = new LinkedHashMap<>(parameters.tensors());
        buffers.forEach(b -> tensors.putAll(b.tensors()));
        return tensors;
    }

    void load(Map<String, FloatTensor> tensors, String where) {
        parameters.load(tensors, where);
        buffers.forEach(b -> b.load(tensors, where));
    }
}
