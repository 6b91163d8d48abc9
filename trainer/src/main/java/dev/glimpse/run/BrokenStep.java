package dev.glimpse.run;

import java.util.List;
import java.util.Map;

/**
 * A step whose loss or gradient was not finite, as {@code nan-STAGE-STEP.json} holds it: with the checkpoint before it, what
 * is needed to run it again.
 *
 * @param seed where the step's randomness came from
 * @param samples indexes of its training samples, in the order of the batch
 * @param rate learning rate
 * @param lossScale factor of the loss before the backward pass, 1 in FP32
 * @param losses its losses and the norm of its gradient; texts, since JSON has no NaN
 */
record BrokenStep(
        String stage,
        long step,
        long seed,
        List<Integer> samples,
        double rate,
        float lossScale,
        Map<String, String> losses) {}
