package dev.glimpse.captioner;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Answer logits in, the best answers in words out. */
final class AnswerText {
    private static final int TOP = 5;

    private AnswerText() {}

    /**
     * Ranks the answers. An answer's probability is the logistic function of its logit: the answer head is trained with one
     * binary cross-entropy per answer.
     *
     * @param logits (A)
     * @param names text of the A answers
     * @param evidence (R) attention on the rows of the detector
     * @param regions regions found: the first rows
     * @param temperature that the logits are divided by
     */
    static Answer answer(float[] logits, List<String> names, float[] evidence, int regions, double temperature) {
        List<Answer.Candidate> top = new ArrayList<>();
        IntStream.range(0, logits.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> -logits[i]))
                .limit(TOP)
                .forEach(
                        i -> top.add(new Answer.Candidate(names.get(i), 1 / (1 + Math.exp(-logits[i] / temperature)))));
        Answer.Candidate best = top.get(0);
        return new Answer(best.text(), best.confidence(), top, CaptionText.floats(Arrays.copyOf(evidence, regions)));
    }
}
