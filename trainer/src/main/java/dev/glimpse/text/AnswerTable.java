package dev.glimpse.text;

import static dev.glimpse.error.UserError.require;

import dev.glimpse.bundle.Answers;
import dev.glimpse.metric.vqa.AnswerNormaliser;
import dev.glimpse.metric.vqa.VqaQuestion.HumanAnswer;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** The answers that a network can give: texts by number, and the soft scores of a question. */
public final class AnswerTable {
    private final List<String> texts;
    private final Map<String, Integer> numbers = new HashMap<>();
    private final Map<String, String> normalised = new ConcurrentHashMap<>(); // answers repeat by the million

    public AnswerTable(Answers answers) {
        this.texts = answers.answers();
        for (int i = 0; i < texts.size(); i++) {
            numbers.put(texts.get(i), i);
        }
    }

    /**
     * Chooses the answers: the chosen answer of each question is counted.
     *
     * @param minCount answers counted less often are left out
     * @return normalised answers by falling count, equal counts by text
     */
    public static Answers build(List<Question> questions, int minCount) {
        Map<String, Integer> counts = new TreeMap<>();
        for (Question question : questions) {
            counts.merge(AnswerNormaliser.normalise(question.chosen()), 1, Integer::sum);
        }
        List<String> kept = counts.entrySet().stream()
                .filter(e -> e.getValue() >= minCount && !e.getKey().isEmpty())
                .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                .map(Map.Entry::getKey)
                .toList();
        require(
                !kept.isEmpty(),
                "no answer is given to %d of the %d training questions; lower vqa.minAnswers",
                minCount,
                questions.size());
        return new Answers(kept);
    }

    /** People who gave each normalised answer, in the order of their first mention. */
    private Map<String, Integer> counts(Question question) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        for (HumanAnswer answer : question.truth().answers()) {
            String text = normalised.computeIfAbsent(answer.text(), AnswerNormaliser::normalise);
            counts.merge(text, 1, Integer::sum);
        }
        return counts;
    }

    /** The questions that some answer of the table is right for; the others teach nothing but "no". */
    public List<Question> answerable(List<Question> questions) {
        return questions.stream().filter(q -> !scores(q).isEmpty()).toList();
    }

    public int size() {
        return texts.size();
    }

    public String text(int number) {
        return texts.get(number);
    }

    /**
     * Soft scores of a question: an answer that n people gave has min(1, .3 n) (Teney et al., arXiv 1708.02711).
     *
     * @return score by answer number; answers that nobody gave are left out
     */
    public Map<Integer, Float> scores(Question question) {
        Map<Integer, Float> scores = new LinkedHashMap<>();
        counts(question).forEach((text, count) -> {
            Integer number = numbers.get(text);
            if (number != null) {
                scores.put(number, Math.min(1, 0.3f * count));
            }
        });
        return scores;
    }
}
