package dev.glimpse.metric.caption;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * CIDEr-D: cosine of tf-idf n-gram vectors, clipped, with a Gaussian penalty on the difference in length (Vedantam et al.
 * 2015), n = 1 to 4, sigma 6, times 10.
 *
 * <p>The length of a caption is its number of bigrams, as in the COCO caption evaluation.
 */
public final class CiderD {
    private static final double SIGMA = 6;

    private final DocumentFrequency frequency;

    public CiderD(DocumentFrequency frequency) {
        this.frequency = frequency;
    }

    /** tf-idf weights and their norm for each n, and the number of bigrams. */
    private record Vector(List<Map<String, Double>> weights, double[] norms, int length) {}

    /**
     * Score of one caption, from 0 (nothing in common) to 10.
     *
     * @param candidate tokenised, as {@link Tokenisation#tokens} gives it
     * @param references tokenised, at least one
     */
    public double score(String candidate, List<String> references) {
        return score(Ngrams.of(candidate), Ngrams.of(references));
    }

    /**
     * The caption closest to all the others: the one with the highest mean score against them, the first of equals.
     *
     * @param captions of one picture, tokenised, at least one
     * @return index of that caption
     */
    public int consensus(List<String> captions) {
        List<Vector> vectors = Ngrams.of(captions).stream().map(this::vector).toList();
        double best = Double.NEGATIVE_INFINITY;
        int index = 0;
        for (int i = 0; i < vectors.size(); i++) {
            double sum = 0;
            for (int j = 0; j < vectors.size(); j++) {
                sum += i == j ? 0 : similarity(vectors.get(i), vectors.get(j));
            }
            if (sum > best) {
                best = sum;
                index = i;
            }
        }
        return index;
    }

    double score(Ngrams candidate, List<Ngrams> references) {
        Vector found = vector(candidate);
        double sum = 0;
        for (Ngrams reference : references) {
            sum += similarity(found, vector(reference));
        }
        return 10 * sum / Ngrams.LONGEST / references.size();
    }

    private Vector vector(Ngrams ngrams) {
        List<Map<String, Double>> weights = new ArrayList<>();
        double[] norms = new double[Ngrams.LONGEST];
        for (int n = 0; n < Ngrams.LONGEST; n++) {
            Map<String, Double> weight = new HashMap<>();
            for (Map.Entry<String, Integer> ngram : ngrams.counts().get(n).entrySet()) {
                double value = ngram.getValue() * frequency.weight(ngram.getKey());
                weight.put(ngram.getKey(), value);
                norms[n] += value * value;
            }
            norms[n] = Math.sqrt(norms[n]);
            weights.add(weight);
        }
        return new Vector(weights, norms, Math.max(0, ngrams.words() - 1));
    }

    private static double similarity(Vector found, Vector reference) {
        double delta = found.length - reference.length;
        double penalty = Math.exp(-(delta * delta) / (2 * SIGMA * SIGMA));
        double sum = 0;
        for (int n = 0; n < Ngrams.LONGEST; n++) {
            double dot = 0;
            for (Map.Entry<String, Double> ngram : found.weights.get(n).entrySet()) {
                double other = reference.weights.get(n).getOrDefault(ngram.getKey(), 0.0);
                dot += Math.min(ngram.getValue(), other) * other;
            }
            double norms = found.norms[n] * reference.norms[n];
            sum += penalty * (norms == 0 ? dot : dot / norms);
        }
        return sum;
    }
}
