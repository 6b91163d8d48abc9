package dev.glimpse.emit;

/** Where an emitter takes the parameters of a network from: a checkpoint, or random numbers. */
@FunctionalInterface
public interface ParameterSource {
    /**
     * One tensor, row-major.
     *
     * @param name as docs/networks.md names it
     * @param shape the dimensions that the network needs
     * @throws dev.glimpse.error.UserError when there is no such tensor of this shape
     */
    float[] get(String name, long... shape);
}
