package dev.glimpse.distillation;

import static dev.glimpse.error.UserError.require;

/**
 * Settings of the contrastive loss.
 *
 * @param temperature tau
 * @param queue teacher states of earlier steps that serve as negatives; 0 leaves those of the same step
 * @param tokens most tokens of a sample that serve as negatives for other pictures and then enter the queue
 */
public record Contrast(double temperature, int queue, int tokens) {
    public Contrast {
        require(temperature > 0, "temperature must be positive, was %s", temperature);
        require(queue >= 0, "queue must not be negative, was %d", queue);
        require(tokens > 0, "tokens must be positive, was %d", tokens);
    }
}
