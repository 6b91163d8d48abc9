package dev.glimpse.metric.caption;

import java.util.Arrays;
import java.util.Collection;
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

    /**
     * The counts of several captions together.
     *
     * @param times how often each counts
     */
    public static BleuCounts sum(List<BleuCounts> captions, int[] times) {
        long testlen = 0;
        long reflen = 0;
        long[] guess = new long[Ngrams.LONGEST];
        long[] correct = new long[Ngrams.LONGEST];
        for (int i = 0; i < times.length; i++) {
            BleuCounts one = captions.get(i);
            testlen += times[i] * one.testlen;
            reflen += times[i] * one.reflen;
            for (int n = 0; n < Ngrams.LONGEST; n++) {
                guess[n] += times[i] * one.guess.get(n);
                correct[n] += times[i] * one.correct.get(n);
            }
        }
        return new BleuCounts(testlen, reflen, boxed(guess), boxed(correct));
    }

    /** The counts of several captions together, each once. */
    public static BleuCounts sum(Collection<BleuCounts> captions) {
        int[] once = new int[captions.size()];
        Arrays.fill(once, 1);
        return sum(List.copyOf(captions), once);
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
