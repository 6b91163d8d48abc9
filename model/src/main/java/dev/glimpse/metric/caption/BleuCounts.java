package dev.glimpse.metric.caption;

import java.util.List;
import java.util.Map;

/**
 * What BLEU is computed from, for one caption or summed over many (Papineni et al. 2002, with the closest reference
 * length and the small constants of the COCO caption evaluation).
 *
 * @param testlen words of the candidate
 * @param reflen words of the reference whose length is closest to it, the shorter of two equally close
 * @param guess for n = 1 to 4: n-grams in the candidate
 * @param correct for n = 1 to 4: of these, those found in a reference, each at most as often as in one reference
 */
public record BleuCounts(long testlen, long reflen, List<Long> guess, List<Long> correct) {
    private static final double SMALL = 1e-9;
    private static final double TINY = 1e-15;

    /** The counts of no caption at all: the neutral element of {@link #plus}. */
    public static final BleuCounts NONE = new BleuCounts(0, 0, List.of(0L, 0L, 0L, 0L), List.of(0L, 0L, 0L, 0L));

    static BleuCounts of(Ngrams candidate, List<Ngrams> references) {
        long[] guess = new long[Ngrams.LONGEST];
        long[] correct = new long[Ngrams.LONGEST];
        for (int n = 0; n < Ngrams.LONGEST; n++) {
            guess[n] = Math.max(0, candidate.words() - n);
            for (Map.Entry<String, Integer> ngram : candidate.counts().get(n).entrySet()) {
                int most = 0;
                for (Ngrams reference : references) {
                    most = Math.max(most, reference.counts().get(n).getOrDefault(ngram.getKey(), 0));
                }
                correct[n] += Math.min(most, ngram.getValue());
            }
        }
        return new BleuCounts(candidate.words(), closest(candidate.words(), references), boxed(guess), boxed(correct));
    }

    private static long closest(int words, List<Ngrams> references) {
        int best = references.get(0).words();
        for (Ngrams reference : references) {
            int distance = Math.abs(reference.words() - words) - Math.abs(best - words);
            if (distance < 0 || (distance == 0 && reference.words() < best)) {
                best = reference.words();
            }
        }
        return best;
    }

    private static List<Long> boxed(long[] v) {
        return List.of(v[0], v[1], v[2], v[3]);
    }

    /** The counts of these captions and of the others, each of those taken {@code times} times. */
    public BleuCounts plus(BleuCounts other, long times) {
        long[] sumGuess = new long[Ngrams.LONGEST];
        long[] sumCorrect = new long[Ngrams.LONGEST];
        for (int n = 0; n < Ngrams.LONGEST; n++) {
            sumGuess[n] = guess.get(n) + times * other.guess.get(n);
            sumCorrect[n] = correct.get(n) + times * other.correct.get(n);
        }
        return new BleuCounts(
                testlen + times * other.testlen, reflen + times * other.reflen, boxed(sumGuess), boxed(sumCorrect));
    }

    /** BLEU-1 to BLEU-4, each in [0, 1]. */
    public double[] bleu() {
        double[] bleu = new double[Ngrams.LONGEST];
        double product = 1;
        double ratio = (testlen + TINY) / (reflen + SMALL);
        double brevity = ratio < 1 ? Math.exp(1 - 1 / ratio) : 1;
        for (int n = 0; n < Ngrams.LONGEST; n++) {
            product *= (correct.get(n) + TINY) / (guess.get(n) + SMALL);
            bleu[n] = Math.pow(product, 1.0 / (n + 1)) * brevity;
        }
        return bleu;
    }
}
