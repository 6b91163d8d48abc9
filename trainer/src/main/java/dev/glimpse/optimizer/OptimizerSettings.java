package dev.glimpse.optimizer;

import static dev.glimpse.error.UserError.require;

/**
 * How one stage is trained.
 *
 * @param steps number of steps
 * @param batch samples of one step
 * @param accumulate parts in which a step's samples are worked through, one after another; their gradients are added up, so
 *     that memory holds one part only. Batch norm and dropout see a part at a time
 * @param rate highest learning rate
 * @param warmup steps in which the rate rises to it
 * @param decay weight decay
 * @param clip largest Euclidean norm of a gradient
 * @param ema decay of the moving average of the weights, which is then what is validated and written; 0 for none
 * @param patience validations without improvement after which training ends; the weights of the best one are then what is
 *     written; 0 for none
 * @param checkpointEvery steps between two checkpoints
 */
public record OptimizerSettings(
        int steps,
        int batch,
        int accumulate,
        double rate,
        int warmup,
        double decay,
        double clip,
        double ema,
        int patience,
        int checkpointEvery) {
    public OptimizerSettings {
        require(steps > 0, "steps must be positive, was %d", steps);
        require(batch > 0, "batch must be positive, was %d", batch);
        require(
                accumulate > 0 && accumulate <= batch,
                "accumulate must lie in 1 to batch = %d, was %d",
                batch,
                accumulate);
        require(rate > 0, "rate must be positive, was %s", rate);
        require(warmup >= 0 && warmup < steps, "warmup must lie in 0 to steps - 1 = %d, was %d", steps - 1, warmup);
        require(decay >= 0, "decay must not be negative, was %s", decay);
        require(clip > 0, "clip must be positive, was %s", clip);
        require(ema >= 0 && ema < 1, "ema must lie in [0, 1), was %s", ema);
        require(patience >= 0, "patience must not be negative, was %d", patience);
        require(checkpointEvery > 0, "checkpointEvery must be positive, was %d", checkpointEvery);
    }

    public Schedule schedule() {
        return new Schedule(rate, warmup, steps);
    }
}
