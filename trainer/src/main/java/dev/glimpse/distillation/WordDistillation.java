package dev.glimpse.distillation;

import static dev.glimpse.error.UserError.require;

/**
 * Distillation of pre-training and captioning: one section of the YAML.
 *
 * @param temperature softens both word distributions
 * @param positions where word distributions are compared
 */
public record WordDistillation(TermWeights weights, Contrast contrast, double temperature, Positions positions) {
    /** Where word distributions are compared. */
    public enum Positions {
        /** At hidden words only. */
        MASKED,
        /** At all words of captions but [CLS], and at hidden tags (Fang et al., ViTCAP, arXiv 2112.05230). */
        ALL
    }

    public WordDistillation {
        require(temperature > 0, "temperature must be positive, was %s", temperature);
    }
}
