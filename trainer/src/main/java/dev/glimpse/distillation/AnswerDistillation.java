package dev.glimpse.distillation;

import static dev.glimpse.error.UserError.require;

/**
 * Distillation of question answering: one section of the YAML.
 *
 * @param temperature softens both answer distributions
 * @param answers how answers are compared
 */
public record AnswerDistillation(TermWeights weights, Contrast contrast, double temperature, Form answers) {
    /** How answers are compared. */
    public enum Form {
        /** As one distribution over all answers. */
        SOFTMAX,
        /** Each by itself. */
        SIGMOID
    }

    public AnswerDistillation {
        require(temperature > 0, "temperature must be positive, was %s", temperature);
    }
}
