package dev.glimpse.batch;

import dev.glimpse.feature.RegionRow;
import dev.glimpse.text.AnswerTable;
import dev.glimpse.text.Question;
import dev.glimpse.token.TextInput;
import dev.glimpse.token.Tokenizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Questions with the soft scores of their answers. Immutable after construction. */
public final class QuestionTask {
    private final Pictures pictures;
    private final AnswerTable answers;
    private final List<int[]> tokens = new ArrayList<>(); // (Q) each
    private final List<Integer> pictureOf = new ArrayList<>();
    private final List<Map<Integer, Float>> scores = new ArrayList<>();

    /**
     * Questions as numbers.
     *
     * @param pictures (B): numbers of the pictures
     * @param questions (B, Q)
     * @param regions B rows
     * @param scores (B x A) soft scores
     */
    @SuppressWarnings("ArrayRecordComponent") // numbers of one step, never compared
    public record Batch(int[] pictures, int[][] questions, List<RegionRow> regions, float[] scores) {
        /** The same questions about what somebody else sees. */
        public Batch seenAs(List<RegionRow> others) {
            return new Batch(pictures, questions, others, scores);
        }

        /** Questions {@code from} to {@code to - 1}. */
        public Batch share(int from, int to) {
            int answers = scores.length / questions.length;
            return new Batch(
                    Arrays.copyOfRange(pictures, from, to),
                    Arrays.copyOfRange(questions, from, to),
                    regions.subList(from, to),
                    Arrays.copyOfRange(scores, from * answers, to * answers));
        }
    }

    /**
     * Tokenizes all questions.
     *
     * @param length question tokens Q
     */
    public QuestionTask(
            Pictures pictures, List<Question> questions, AnswerTable answers, Tokenizer tokenizer, int length) {
        this.pictures = pictures;
        this.answers = answers;
        for (Question question : questions) {
            tokens.add(TextInput.question(tokenizer, question.text(), length));
            pictureOf.add(pictures.index(question.picture()));
            scores.add(answers.scores(question));
        }
    }

    /** Number of questions. */
    public int size() {
        return tokens.size();
    }

    /** Some of the questions. */
    public Batch batch(int[] samples) {
        int[] asked = new int[samples.length];
        int[][] questions = new int[samples.length][];
        List<RegionRow> regions = new ArrayList<>();
        float[] soft = new float[samples.length * answers.size()];
        for (int i = 0; i < samples.length; i++) {
            int from = i * answers.size();
            questions[i] = tokens.get(samples[i]);
            asked[i] = pictureOf.get(samples[i]);
            regions.add(pictures.regions(asked[i]));
            scores.get(samples[i]).forEach((answer, score) -> soft[from + answer] = score);
        }
        return new Batch(asked, questions, regions, soft);
    }
}
