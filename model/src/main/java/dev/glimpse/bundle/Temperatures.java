package dev.glimpse.bundle;

import static dev.glimpse.error.UserError.require;

/**
 * How sure a bundle's captions and answers may sound: both confidences are corrected by a temperature that was fitted on
 * held-out pictures. 1 leaves them as they are, above 1 makes them less extreme.
 *
 * @param caption the geometric mean of a caption's word probabilities is raised to the power 1 / caption
 * @param answer the logit of an answer is divided by it
 */
public record Temperatures(double caption, double answer) {
    /** Nothing was fitted. */
    public static final Temperatures NONE = new Temperatures(1, 1);

    public Temperatures {
        require(
                caption > 0 && answer > 0 && Double.isFinite(caption) && Double.isFinite(answer),
                "temperatures must be positive, were %s and %s",
                caption,
                answer);
    }

    /** Confidence of a caption from the geometric mean of its words' probabilities. */
    public static double caption(double mean, double temperature) {
        return Math.pow(mean, 1 / temperature);
    }

    /** Confidence of an answer from its uncorrected probability. */
    public static double answer(double probability, double temperature) {
        double p = Math.min(1 - 1e-12, Math.max(1e-12, probability));
        return 1 / (1 + Math.exp(-Math.log(p / (1 - p)) / temperature));
    }
}
