package dev.glimpse.tensorrt;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** The tensors of a run, by name. Equal to another when the same addresses and shapes are meant. */
final class Bound {
    final Map<String, DeviceTensor> inputs;
    final Map<String, DeviceTensor> outputs;
    private final List<Object> identity = new ArrayList<>();

    Bound(Map<String, DeviceTensor> inputs, Map<String, DeviceTensor> outputs) {
        this.inputs = inputs;
        this.outputs = outputs;
        inputs.forEach(this::identify);
        outputs.forEach(this::identify);
    }

    private void identify(String name, DeviceTensor tensor) {
        identity.add(name);
        identity.add(tensor.address());
        for (long dimension : tensor.shape()) {
            identity.add(dimension);
        }
    }

    /** First dimension of an input. */
    long rows(String input) {
        DeviceTensor tensor = inputs.get(input);
        if (tensor == null) {
            throw new IllegalArgumentException("no input " + input + " among " + inputs.keySet());
        }
        return tensor.shape()[0];
    }

    /** Refuses closed tensors before native code sees them; puts what the host has written on the way to the device. */
    void requireOpen() {
        inputs.values().forEach(DeviceTensor::forReading);
        outputs.values().forEach(DeviceTensor::forWriting);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bound bound && bound.identity.equals(identity);
    }

    @Override
    public int hashCode() {
        return identity.hashCode();
    }

    @Override
    public String toString() {
        return Arrays.toString(identity.toArray());
    }
}
