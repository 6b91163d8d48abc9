package dev.glimpse.engine;

import static dev.glimpse.error.UserError.require;

import dev.glimpse.bundle.Manifest.TensorContract;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Compares the inputs or outputs that a graph has with those that the manifest promises, and refuses any difference. */
public final class ContractCheck {
    private ContractCheck() {}

    /**
     * @param graph file name, for the message
     * @param side {@code input} or {@code output}, for the message
     * @param found what the graph has; dimension -1 is free
     */
    public static void check(String graph, String side, List<TensorContract> expected, List<TensorContract> found) {
        Map<String, TensorContract> byName = new TreeMap<>();
        found.forEach(tensor -> byName.put(tensor.name(), tensor));
        List<String> differences = new ArrayList<>();
        for (TensorContract wanted : expected) {
            TensorContract actual = byName.remove(wanted.name());
            if (!wanted.equals(actual)) {
                differences.add("%s `%s`: expected %s, found %s"
                        .formatted(side, wanted.name(), words(wanted), actual == null ? "none" : words(actual)));
            }
        }
        byName.values()
                .forEach(extra -> differences.add(
                        "%s `%s`: expected none, found %s".formatted(side, extra.name(), words(extra))));
        require(
                differences.isEmpty(),
                "%s does not fit its manifest: %s. Export the bundle again",
                graph,
                String.join("; ", differences));
    }

    private static String words(TensorContract tensor) {
        return tensor.type() + " " + tensor.shape();
    }
}
