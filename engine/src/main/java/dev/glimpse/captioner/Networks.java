package dev.glimpse.captioner;

import dev.glimpse.bundle.Bundle;
import dev.glimpse.bundle.Manifest;
import dev.glimpse.bundle.Manifest.TensorContract;
import dev.glimpse.engine.Engine;
import dev.glimpse.engine.Network;
import dev.glimpse.engine.Tensor;
import dev.glimpse.error.UserError;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The networks of a bundle, loaded when first needed, and their runs over shared tensors. Confined to one thread. */
final class Networks implements AutoCloseable {
    /** What one graph writes and another reads: one tensor for both. */
    private static final Set<String> SHARED =
            Set.of("boxes", "scores", "features", "context_keys", "context_values", "context_mask");

    private final Bundle bundle;
    private final Engine engine;
    private final BorderTensors tensors;
    private final Map<String, Network> open = new HashMap<>();

    Networks(Bundle bundle, Engine engine) {
        this.bundle = bundle;
        this.engine = engine;
        this.tensors = new BorderTensors(engine);
    }

    /** Loads a graph if it is not loaded yet. */
    Network load(String graph) {
        Network network = open.get(graph);
        if (network == null) {
            network = engine.open(bundle.path(graph).toString(), bundle.read(graph), contract(graph));
            open.put(graph, network);
        }
        return network;
    }

    private Manifest.Graph contract(String graph) {
        Manifest.Graph contract = bundle.manifest().graphs().get(graph);
        if (contract == null) {
            throw new IllegalStateException("a verified bundle has a contract for " + graph);
        }
        return contract;
    }

    /** Ends a batch: the tensors asked for so far are no longer used. */
    void nextBatch() {
        tensors.release();
    }

    /** The first rows of an input or output of a graph. */
    Tensor tensor(String graph, String name, int rows) {
        return tensors.rows(SHARED.contains(name) ? name : graph + "/" + name, find(graph, name), rows);
    }

    /** As {@link #tensor}, but never shared with another graph. */
    Tensor own(String graph, String name, int rows) {
        return tensors.rows(graph + "/" + name, find(graph, name), rows);
    }

    private TensorContract find(String graph, String name) {
        List<TensorContract> all = new ArrayList<>(contract(graph).inputs());
        all.addAll(contract(graph).outputs());
        return all.stream()
                .filter(tensor -> tensor.name().equals(name))
                .findFirst()
                .orElseThrow(() ->
                        new UserError("%s: expected %s among its inputs and outputs, found %s. Export the bundle again"
                                .formatted(
                                        graph,
                                        name,
                                        all.stream().map(TensorContract::name).toList())));
    }

    /**
     * A run of a graph on its tensors of so many rows.
     *
     * @param instead tensors that take the place of the graph's own, by input or output name
     */
    Network.Call prepare(String graph, int rows, Map<String, Tensor> instead) {
        return load(graph)
                .prepare(
                        bind(graph, contract(graph).inputs(), rows, instead),
                        bind(graph, contract(graph).outputs(), rows, instead));
    }

    private Map<String, Tensor> bind(
            String graph, List<TensorContract> contracts, int rows, Map<String, Tensor> instead) {
        Map<String, Tensor> bound = new HashMap<>();
        for (TensorContract contract : contracts) {
            Tensor other = instead.get(contract.name());
            bound.put(contract.name(), other == null ? tensor(graph, contract.name(), rows) : other);
        }
        return bound;
    }

    @Override
    public void close() {
        tensors.close();
        open.values().forEach(Network::close);
        open.clear();
    }
}
