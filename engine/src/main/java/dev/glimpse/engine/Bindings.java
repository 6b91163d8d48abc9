package dev.glimpse.engine;

import dev.glimpse.bundle.Manifest.TensorContract;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Matches the tensors of a run with the inputs or outputs that a network has, and refuses what does not fit. */
public final class Bindings {
    private Bindings() {}

    /**
     * The tensors in the order of the contract.
     *
     * @param graph name of the graph, for messages
     * @param side {@code input} or {@code output}, for messages
     * @param kind tensors of the engine that owns the network
     * @throws IllegalArgumentException when one is missing, too many, of another engine, type or shape
     */
    public static <T extends Tensor> Map<String, T> of(
            String graph, String side, List<TensorContract> contracts, Map<String, Tensor> tensors, Class<T> kind) {
        if (tensors.size() != contracts.size()) {
            throw new IllegalArgumentException(
                    "%s has %d %ss, found %s".formatted(graph, contracts.size(), side, tensors.keySet()));
        }
        Map<String, T> bound = new LinkedHashMap<>();
        for (TensorContract contract : contracts) {
            Tensor tensor = tensors.get(contract.name());
            if (tensor == null || !kind.isInstance(tensor) || !fits(contract, tensor)) {
                throw new IllegalArgumentException("%s: %s `%s` must be %s %s, found %s"
                        .formatted(graph, side, contract.name(), contract.type(), contract.shape(), words(tensor)));
            }
            bound.put(contract.name(), kind.cast(tensor));
        }
        return bound;
    }

    private static boolean fits(TensorContract contract, Tensor tensor) {
        long[] shape = tensor.shape();
        boolean fits = tensor.type().label().equals(contract.type())
                && shape.length == contract.shape().size();
        for (int i = 0; fits && i < shape.length; i++) {
            int expected = contract.shape().get(i);
            fits = expected == -1 || expected == shape[i];
        }
        return fits;
    }

    private static String words(@Nullable Tensor tensor) {
        return tensor == null ? "none" : tensor.type().label() + " " + Arrays.toString(tensor.shape());
    }
}
