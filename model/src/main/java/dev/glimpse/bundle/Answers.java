package dev.glimpse.bundle;

import static dev.glimpse.error.UserError.require;

import java.util.List;

/**
 * The content of {@code answers.json}: what the columns of the answer graph's logits mean.
 *
 * @param answers text of each answer; column i of the logits is {@code answers.get(i)}
 */
public record Answers(List<String> answers) {
    public Answers {
        answers = List.copyOf(answers);
        require(!answers.isEmpty(), "answers need at least one answer, found none");
    }
}
