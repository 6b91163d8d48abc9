package dev.glimpse.metric.caption;

import java.util.Map;

/**
 * Scores of a set of captions.
 *
 * @param corpus {@code Bleu_1} to {@code Bleu_4}, {@code ROUGE_L}, {@code CIDEr}, and whatever else was asked for, of all
 *     pictures together. BLEU is counted over the corpus; the others are means over the pictures
 * @param items picture to the same figures of that picture alone, in the order of the references
 * @param counts picture to what its BLEU is computed from
 */
public record CaptionScores(
        Map<String, Double> corpus, Map<String, Map<String, Double>> items, Map<String, BleuCounts> counts) {
    /** What the corpus BLEU is computed from. */
    public BleuCounts totals() {
        return counts.values().stream().reduce(BleuCounts.NONE, (sum, one) -> sum.plus(one, 1));
    }
}
