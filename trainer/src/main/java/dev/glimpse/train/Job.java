package dev.glimpse.train;

import ai.djl.Device;
import dev.glimpse.parameter.Precision;
import dev.glimpse.run.RunDirectory;
import dev.glimpse.run.StopSignal;
import java.util.List;

/**
 * What every stage of one process shares.
 *
 * @param devices at least one; the first owns the parameters, and a step's batch is divided among all
 * @param precision of the transformers' training steps; detectors and evaluation compute in 32 bits
 */
public record Job(TrainConfig config, RunDirectory run, List<Device> devices, Precision precision, StopSignal stop) {
    public Job {
        devices = List.copyOf(devices);
    }

    /** In 32 bits. */
    public Job(TrainConfig config, RunDirectory run, List<Device> devices, StopSignal stop) {
        this(config, run, devices, Precision.FP32, stop);
    }
}
