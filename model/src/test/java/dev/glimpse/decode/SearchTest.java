package dev.glimpse.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.glimpse.token.Tokenizer;
import dev.glimpse.token.WordPieceVocabulary;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SearchTest {
    @TempDir
    Path folder;

    private Tokenizer tokenizer;

    @BeforeEach
    void open() {
        Path file = folder.resolve("tokenizer.json");
        WordPieceVocabulary.write(file, List.of("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "a", "b", "c"));
        tokenizer = Tokenizer.load(file);
    }

    @AfterEach
    void close() {
        tokenizer.close();
    }

    /** Logits that depend on the whole history, through a hash; keeps histories by row as a real cache does. */
    private final class Hashed implements NextToken {
        private List<List<Integer>> histories = new ArrayList<>();
        private final int beams;

        Hashed(int rows, int beams) {
            this.beams = beams;
            for (int i = 0; i < rows; i++) {
                histories.add(List.of());
            }
        }

        @Override
        public Step next(int[] last, int[] parent) {
            List<List<Integer>> moved = new ArrayList<>();
            float[][] logits = new float[last.length][];
            float[][] attention = new float[last.length][];
            for (int row = 0; row < last.length; row++) {
                List<Integer> history = new ArrayList<>(histories.get(parent[row]));
                history.add(last[row]);
                moved.add(history);
                logits[row] = logits(row / beams, history);
                attention[row] = new float[] {row};
            }
            histories = moved;
            return new Step(logits, attention);
        }

        float[] logits(int picture, List<Integer> history) {
            Random random = new Random(31L * picture + history.hashCode());
            float[] logits = new float[tokenizer.vocabulary()];
            for (int i = 0; i < logits.length; i++) {
                logits[i] = 3 * random.nextFloat();
            }
            return logits;
        }
    }

    /** Score of the best of all captions of up to {@code left} more words, by trying every one. */
    private double best(Hashed source, int picture, List<Integer> history, double sum, int left) {
        float[] logits = source.logits(picture, history);
        double logSum = Math.log(Arrays.stream(toDouble(logits)).map(Math::exp).sum());
        int words = history.size() - 1;
        double best = words == 0 ? -1e9 : (sum + logits[3] - logSum) / (words + 1);
        for (int id = 5; id < 8 && left > 0; id++) {
            List<Integer> longer = new ArrayList<>(history);
            longer.add(id);
            best = Math.max(best, best(source, picture, longer, sum + logits[id] - logSum, left - 1));
        }
        return best;
    }

    private static double[] toDouble(float[] floats) {
        double[] doubles = new double[floats.length];
        for (int i = 0; i < floats.length; i++) {
            doubles[i] = floats[i];
        }
        return doubles;
    }

    @Test
    void manyBeamsFindTheBestOfAllCaptions() {
        List<Hypothesis> found = new Search(tokenizer, 3, 40).run(new Hashed(2 * 40, 40), 2);
        for (int picture = 0; picture < 2; picture++) {
            double best = best(new Hashed(1, 1), picture, List.of(tokenizer.cls()), 0, 3);
            assertThat(found.get(picture).score()).isCloseTo(best, within(1e-5));
        }
    }

    @Test
    void endingsNobodyWouldTakeDoNotStopTheSearch() {
        // Every step goes on with certainty e^8 : e^2; captions cut short are the second choice each time.
        NextToken alwaysOn = (last, parent) -> {
            float[][] logits = new float[last.length][];
            for (int row = 0; row < last.length; row++) {
                logits[row] = last[row] == 7 ? row(3, 8) : row(last[row] == 2 ? 5 : last[row] + 1, 8);
                logits[row][3] = Math.max(logits[row][3], 2);
            }
            return new NextToken.Step(logits, null);
        };
        assertThat(new Search(tokenizer, 6, 3).run(alwaysOn, 1).get(0).ids()).containsExactly(5, 6, 7);
    }

    @Test
    void oneBeamTakesTheBestWordEachTime() {
        Hashed source = new Hashed(1, 1);
        Hypothesis found = new Search(tokenizer, 4, 1).run(source, 1).get(0);
        List<Integer> history = new ArrayList<>(List.of(tokenizer.cls()));
        for (int id : found.ids()) {
            float[] logits = source.logits(0, history);
            for (int other = 5; other < 8; other++) {
                assertThat(logits[id]).isGreaterThanOrEqualTo(logits[other]);
            }
            history.add(id);
        }
    }

    @Test
    void captionsAreNeverEmptyNorTooLongNorSpecial() {
        for (int beams : new int[] {1, 2, 5}) {
            List<Hypothesis> found = new Search(tokenizer, 3, beams).run(new Hashed(20 * beams, beams), 20);
            assertThat(found).hasSize(20).allSatisfy(h -> {
                assertThat(h.ids().length).isBetween(1, 3);
                assertThat(Arrays.stream(h.ids())).allMatch(id -> id >= 5);
            });
        }
    }

    @Test
    void aPictureIsCaptionedAlikeAloneAndInABatch() {
        List<Hypothesis> together = new Search(tokenizer, 4, 3).run(new Hashed(9, 3), 3);
        assertThat(new Search(tokenizer, 4, 3).run(new Hashed(3, 3), 1).get(0).ids())
                .isEqualTo(together.get(0).ids());
    }

    @Test
    void theLogProbabilitiesSumToTheScore() {
        Hypothesis found = new Search(tokenizer, 4, 1)
                .run(
                        (last, parent) ->
                                new NextToken.Step(new float[][] {last[0] == 2 ? row(5, 4) : row(3, 4)}, null),
                        1)
                .get(0);
        double word = 4 - Math.log(Math.exp(4) + 7);
        assertThat(found.ids()).containsExactly(5);
        assertThat(found.tokens().get(0).logProbability()).isCloseTo(word, within(1e-6));
        assertThat(found.score()).isCloseTo((word + word) / 2, within(1e-6));
        assertThat(Collections.singleton(found.tokens().get(0).attention().length))
                .containsExactly(0);
    }

    private static float[] row(int id, float logit) {
        float[] row = new float[8];
        row[id] = logit;
        return row;
    }
}
