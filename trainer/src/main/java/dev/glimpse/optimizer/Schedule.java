package dev.glimpse.optimizer;

import static dev.glimpse.error.UserError.require;

/**
 * Learning rate by step: linear warm-up from 0 to the peak, then linear decay to 0 at the last step.
 *
 * @param peak highest rate
 * @param warmup steps until it is reached, at least 0
 * @param steps steps of the whole training
 */
public record Schedule(double peak, long warmup, long steps) {
    public Schedule {
        require(peak > 0, "the learning rate must be positive, was %s", peak);
        require(
                warmup >= 0 && warmup < steps,
                "warm-up must lie in 0 to steps - 1 = %d, was %d steps",
                steps - 1,
                warmup);
    }

    /**
     * The rate of one step.
     *
     * @param step 1 to {@link #steps}
     */
    public double rate(long step) {
        return step <= warmup ? peak * step / warmup : peak * (steps - step + 1) / (double) (steps - warmup);
    }
}
