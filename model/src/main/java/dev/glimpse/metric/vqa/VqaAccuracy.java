package dev.glimpse.metric.vqa;

import dev.glimpse.error.UserError;
import dev.glimpse.metric.vqa.VqaQuestion.HumanAnswer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Questions and predicted answers in, accuracies out: for each question the mean, over the sets that leave one person
 * out, of min(1, people who agree / 3) (Antol et al. 2015).
 */
public final class VqaAccuracy {
    private VqaAccuracy() {}

    /** @param predictions question to the predicted answer, one for every question */
    public static VqaScores score(
            List<VqaQuestion> questions, Map<String, String> predictions, Normalisation normalisation) {
        UserError.require(!questions.isEmpty(), "Expected at least one question, found none.");
        Map<String, Double> perQuestion = new LinkedHashMap<>();
        for (VqaQuestion question : questions) {
            String prediction = predictions.get(question.id());
            if (prediction == null) {
                throw new UserError("Expected an answer to every question, found none to question " + question.id()
                        + ". Answer it, or leave it out of the questions.");
            }
            perQuestion.put(question.id(), 100 * accuracy(question.answers(), prediction, normalisation));
        }
        Map<String, Double> whole = means(questions, perQuestion, question -> "all");
        return new VqaScores(
                whole.getOrDefault("all", 0.0),
                means(questions, perQuestion, VqaQuestion::questionType),
                means(questions, perQuestion, VqaQuestion::answerType),
                perQuestion);
    }

    /** Accuracy of one prediction in [0, 1]. */
    public static double accuracy(List<HumanAnswer> answers, String prediction, Normalisation normalisation) {
        return switch (normalisation) {
            case REFERENCE -> reference(answers, prediction);
            case ALWAYS -> always(answers, prediction);
        };
    }

    private static double reference(List<HumanAnswer> answers, String prediction) {
        List<HumanAnswer> stripped = mapped(answers, AnswerNormaliser::strip);
        return differ(stripped)
                ? agreement(mapped(stripped, AnswerNormaliser::normalise), AnswerNormaliser.normalise(prediction))
                : agreement(stripped, AnswerNormaliser.strip(prediction));
    }

    private static double always(List<HumanAnswer> answers, String prediction) {
        List<HumanAnswer> compared = differ(answers) ? mapped(answers, AnswerNormaliser::punctuation) : answers;
        return agreement(compared, AnswerNormaliser.normalise(prediction));
    }

    private static boolean differ(List<HumanAnswer> answers) {
        return answers.stream().map(HumanAnswer::text).distinct().count() > 1;
    }

    private static List<HumanAnswer> mapped(List<HumanAnswer> answers, Function<String, String> step) {
        return answers.stream()
                .map(answer -> new HumanAnswer(step.apply(answer.text()), answer.identity()))
                .toList();
    }

    private static double agreement(List<HumanAnswer> answers, String prediction) {
        double sum = 0;
        for (HumanAnswer left : answers) {
            long matches = answers.stream()
                    .filter(other -> !other.equals(left) && other.text().equals(prediction))
                    .count();
            sum += Math.min(1, matches / 3.0);
        }
        return sum / answers.size();
    }

    private static Map<String, Double> means(
            List<VqaQuestion> questions, Map<String, Double> perQuestion, Function<VqaQuestion, String> group) {
        Map<String, double[]> sums = new LinkedHashMap<>();
        for (VqaQuestion question : questions) {
            double[] sum = sums.computeIfAbsent(group.apply(question), name -> new double[2]);
            sum[0] += perQuestion.getOrDefault(question.id(), 0.0) / 100;
            sum[1]++;
        }
        Map<String, Double> means = new LinkedHashMap<>();
        sums.forEach((name, sum) -> means.put(name, 100 * sum[0] / sum[1]));
        return means;
    }
}
