package dev.glimpse.tensorrt;

import dev.glimpse.engine.Engine;
import dev.glimpse.engine.Network;

/** Tries a network that was compiled just now, before it is used or kept. */
@FunctionalInterface
public interface Trial {
    /** Believes everything. */
    Trial NONE = (name, network, engine) -> {};

    /**
     * @param name as given to {@link Engine#open}
     * @throws dev.glimpse.error.UserError when the network does not compute what it should
     */
    void run(String name, Network network, Engine engine);
}
