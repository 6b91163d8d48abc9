package dev.glimpse.optimizer;

import static dev.glimpse.error.UserError.require;

/**
 * How one stage is trained.
 *
 * @param steps number of steps
 * @param batch samples of one step
 * @param rate highest learning rate
 * @param warmup steps in which the rate rises to it
 * @param decay weight decay
 * @param clip largest Euclidean norm of a gradient
 * @param checkpointEvery steps between two checkpoints
 */
public record OptimizerSettings(
        int steps, int batch, double rate, int warmup, double decay, double clip, int checkpointEvery) {
    public OptimizerSettings {
        require(steps > 0, "steps must be positive, was %d", steps);
        require(batch > 0, "batch must be positive, was %d", batch);
        require(rate > 0, "rate must be positive, was %s", rate);
        require(warmup >= 0 && warmup < steps, "warmup must lie in 0 to steps - 1 = %d, was %d", steps - 1, warmup);
        require(decay >= 0, "decay must not be negative, was %s", decay);
        require(clip > 0, "clip must be positive, was %s", clip);
        require(checkpointEvery > 0, "checkpointEvery must be positive, was %d", checkpointEvery);
    }

    public Schedule schedule() {
        return new Schedule(rate, warmup, steps);
    }
}
