package dev.glimpse.metric.vqa;

import dev.glimpse.metric.Sampled;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Accuracy of answers, overall and per type of answer, under draws of pictures: all questions about a picture are drawn
 * with it, for they are right or wrong together.
 */
public final class SampledAnswers implements Sampled {
    private final List<String> groups = new ArrayList<>(List.of("overall"));
    private final int[] picture; // per question
    private final int[] group; // per question
    private final double[] accuracy; // per question, percent
    private final int pictures;

    public SampledAnswers(List<VqaQuestion> questions, VqaScores scores) {
        Map<String, Integer> numbers = new HashMap<>();
        picture = new int[questions.size()];
        group = new int[questions.size()];
        accuracy = new double[questions.size()];
        for (int i = 0; i < questions.size(); i++) {
            VqaQuestion question = questions.get(i);
            picture[i] = numbers.computeIfAbsent(question.picture(), id -> numbers.size());
            if (!groups.subList(1, groups.size()).contains(question.answerType())) {
                groups.add(question.answerType());
            }
            group[i] = 1 + groups.subList(1, groups.size()).indexOf(question.answerType());
            accuracy[i] = scores.perQuestion().getOrDefault(question.id(), Double.NaN);
        }
        pictures = numbers.size();
    }

    @Override
    public int pictures() {
        return pictures;
    }

    @Override
    public Map<String, Double> under(int[] times) {
        double[] sums = new double[groups.size()];
        long[] counts = new long[groups.size()];
        for (int i = 0; i < accuracy.length; i++) {
            int weight = times[picture[i]];
            sums[0] += weight * accuracy[i];
            counts[0] += weight;
            sums[group[i]] += weight * accuracy[i];
            counts[group[i]] += weight;
        }
        Map<String, Double> figures = new LinkedHashMap<>();
        for (int g = 0; g < sums.length; g++) {
            figures.put(groups.get(g), counts[g] == 0 ? Double.NaN : sums[g] / counts[g]);
        }
        return figures;
    }
}
