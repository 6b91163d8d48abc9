package dev.glimpse.engine;

import java.util.Map;

/** A compiled network, ready to run. Used by one thread at a time; close it before its engine. */
public interface Network extends AutoCloseable {
    /**
     * Prepares a run that reads and writes the same tensors every time. The network writes into the outputs directly, and
     * an output of one network can be the input of the next without a copy.
     *
     * @param inputs a tensor for every input, by name; all with the same number of rows where the contract says so
     * @param outputs a tensor of the right shape for every output, by name; none of them also an input
     * @return usable as often as wanted while the network and all these tensors are open
     */
    Call prepare(Map<String, Tensor> inputs, Map<String, Tensor> outputs);

    @Override
    void close();

    /** One prepared run. */
    @FunctionalInterface
    interface Call {
        /** Runs the network and returns when the outputs are written. */
        void run();
    }
}
