package dev.glimpse.train;

import ai.djl.Device;
import dev.glimpse.run.RunDirectory;
import dev.glimpse.run.StopSignal;
import java.util.List;

/**
 * What every stage of one process shares.
 *
 * @param devices at least one; the first owns the parameters, and a step's batch is divided among all
 */
public record Job(TrainConfig config, RunDirectory run, List<Device> devices, StopSignal stop) {
    public Job {
        devices = List.copyOf(devices);
    }
}
