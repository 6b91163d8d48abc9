package dev.glimpse.metric.vqa;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;

/**
 * Accuracies in percent, 0 to 100, not rounded.
 *
 * @param overall mean over the questions
 * @param perQuestionType mean over the questions of each type
 * @param perAnswerType mean over the questions of each type of answer
 * @param perQuestion question to its accuracy, in the order of the questions
 */
public record VqaScores(
        double overall,
        Map<String, Double> perQuestionType,
        Map<String, Double> perAnswerType,
        Map<String, Double> perQuestion) {
    /** A figure to two places as the challenge's program prints it: by its exact binary value, ties to even. */
    public static double rounded(double percent) {
        return new BigDecimal(percent).setScale(2, RoundingMode.HALF_EVEN).doubleValue();
    }
}
