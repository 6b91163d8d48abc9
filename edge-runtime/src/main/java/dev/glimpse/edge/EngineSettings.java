package dev.glimpse.edge;

import static dev.glimpse.error.UserError.require;

import dev.glimpse.device.EngineName;

/**
 * How the bundle is run.
 *
 * @param name which engine: TensorRT, ONNX Runtime, or the best that this machine has
 * @param threads processor threads of ONNX Runtime
 * @param beams hypotheses per caption; 1 is greedy
 * @param workspaceMegabytes device memory that TensorRT may use while it compiles, in MiB; at most half of what is free
 */
public record EngineSettings(EngineName name, int threads, int beams, int workspaceMegabytes) {
    public EngineSettings {
        require(threads >= 1 && threads <= 256, "threads must be 1 to 256, was %d", threads);
        require(beams >= 1 && beams <= 16, "beams must be 1 to 16, was %d", beams);
        require(
                workspaceMegabytes >= 16 && workspaceMegabytes <= 65_536,
                "workspaceMegabytes must be 16 to 65536, was %d",
                workspaceMegabytes);
    }
}
