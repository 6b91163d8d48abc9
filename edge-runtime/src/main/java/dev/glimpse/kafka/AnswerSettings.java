package dev.glimpse.kafka;

import static dev.glimpse.error.UserError.require;

import java.util.Optional;

/**
 * Settings of answers.
 *
 * @param abstainBelow an answer whose confidence is below this is marked {@code not-sure}, 0 to 1
 * @param standingPerCamera standing questions that a camera may have; further ones are not asked
 */
public record AnswerSettings(double abstainBelow, int standingPerCamera) {
    public AnswerSettings {
        require(abstainBelow >= 0 && abstainBelow <= 1, "abstainBelow must be 0 to 1, was %s", abstainBelow);
        require(
                standingPerCamera >= 0 && standingPerCamera <= 64,
                "standingPerCamera must be 0 to 64, was %d",
                standingPerCamera);
    }

    /** Why an answer of this confidence should not be relied on; empty when it may be. */
    public Optional<String> abstention(double confidence) {
        return confidence < abstainBelow ? Optional.of("not-sure") : Optional.empty();
    }
}
