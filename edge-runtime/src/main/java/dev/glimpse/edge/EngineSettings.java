package dev.glimpse.edge;

import static dev.glimpse.error.UserError.require;

/**
 * How the bundle is run.
 *
 * @param threads threads of the engine
 * @param beams hypotheses per caption; 1 is greedy
 */
public record EngineSettings(int threads, int beams) {
    public EngineSettings {
        require(threads >= 1 && threads <= 256, "threads must be 1 to 256, was %d", threads);
        require(beams >= 1 && beams <= 16, "beams must be 1 to 16, was %d", beams);
    }
}
