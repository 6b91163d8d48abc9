package dev.glimpse.metric.vqa;

import java.util.List;

/**
 * A question and what people answered.
 *
 * @param picture the picture it is asked of; questions of one picture are drawn together by the bootstrap
 * @param questionType its first words, such as "how many"
 * @param answerType "yes/no", "number" or "other"
 * @param answers what people answered, at least one, usually ten
 */
public record VqaQuestion(
        String id, String picture, String questionType, String answerType, List<HumanAnswer> answers) {
    /**
     * One person's answer.
     *
     * @param identity what else is known of it (number, confidence): answers alike in text and identity are one answer
     *     and are left out together
     */
    public record HumanAnswer(String text, String identity) {}

    /** A question whose answers have no other identity than their position. */
    public static VqaQuestion of(
            String id, String picture, String questionType, String answerType, List<String> answers) {
        return new VqaQuestion(
                id,
                picture,
                questionType,
                answerType,
                java.util.stream.IntStream.range(0, answers.size())
                        .mapToObj(i -> new HumanAnswer(answers.get(i), Integer.toString(i)))
                        .toList());
    }
}
