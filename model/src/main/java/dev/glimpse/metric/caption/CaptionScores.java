package dev.glimpse.metric.caption;

import java.util.LinkedHashMap;
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
        return BleuCounts.sum(counts.values());
    }

    /**
     * These scores and one more figure.
     *
     * @param whole of all pictures together
     * @param each of each picture
     */
    CaptionScores with(String name, double whole, Map<String, Double> each) {
        Map<String, Double> newCorpus = new LinkedHashMap<>(corpus);
        newCorpus.put(name, whole);
        Map<String, Map<String, Double>> newItems = new LinkedHashMap<>();
        items.forEach((id, figures) -> {
            Map<String, Double> more = new LinkedHashMap<>(figures);
            more.put(name, each.getOrDefault(id, Double.NaN));
            newItems.put(id, more);
        });
        return new CaptionScores(newCorpus, newItems, counts);
    }
}
