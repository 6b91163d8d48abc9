package dev.glimpse.scene.question;

import java.util.List;

/**
 * A question with its ten answers.
 *
 * @param type first words of the question, as VQA v2 groups them
 * @param answerType "yes/no", "number" or "other"
 * @param best most frequent answer, the first of them on a draw
 * @param answers what ten people said
 */
public record Question(String text, String type, String answerType, String best, List<Reply> answers) {
    public Question {
        answers = List.copyOf(answers);
    }

    /**
     * What one person said.
     *
     * @param confidence "yes" or "maybe"
     */
    public record Reply(String answer, String confidence) {}
}
