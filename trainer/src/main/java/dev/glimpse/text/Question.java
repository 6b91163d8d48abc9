package dev.glimpse.text;

import dev.glimpse.metric.vqa.VqaQuestion;
import dev.glimpse.metric.vqa.VqaQuestion.HumanAnswer;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A question about a picture.
 *
 * @param picture id of the picture in the data set
 * @param text the question
 * @param truth what people answered
 * @param chosen the answer that counts when the vocabulary of answers is made: the most frequent one
 */
public record Question(long picture, String text, VqaQuestion truth, String chosen) {
    /** A question whose most frequent answer is counted here; the first mentioned wins a tie. */
    public Question(long picture, String text, VqaQuestion truth) {
        this(picture, text, truth, mostFrequent(truth));
    }

    private static String mostFrequent(VqaQuestion truth) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        for (HumanAnswer answer : truth.answers()) {
            counts.merge(answer.text(), 1, Integer::sum);
        }
        return counts.entrySet().stream()
                .max(Comparator.comparingInt(Map.Entry::getValue))
                .orElseThrow()
                .getKey();
    }
}
