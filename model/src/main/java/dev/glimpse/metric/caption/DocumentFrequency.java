package dev.glimpse.metric.caption;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * In how many pictures' references each n-gram occurs.
 *
 * @param documents number of pictures counted, at least 1
 * @param pictures n-gram, its words joined by one blank, to the number of pictures; absent means none
 */
public record DocumentFrequency(double documents, Map<String, Double> pictures) {
    public DocumentFrequency {
        if (!(documents >= 1)) {
            throw new IllegalArgumentException("documents must be at least 1, was " + documents);
        }
    }

    /** Counts the tokenised references of each picture. */
    public static DocumentFrequency of(Collection<List<String>> references) {
        return count(references.stream().map(Ngrams::of).toList());
    }

    static DocumentFrequency count(Collection<List<Ngrams>> references) {
        Map<String, Double> pictures = new HashMap<>();
        for (List<Ngrams> picture : references) {
            Set<String> seen = new HashSet<>();
            picture.forEach(reference -> reference.counts().forEach(counts -> seen.addAll(counts.keySet())));
            seen.forEach(ngram -> pictures.merge(ngram, 1.0, Double::sum));
        }
        return new DocumentFrequency(references.size(), pictures);
    }

    /** log(documents / pictures with the n-gram); an n-gram that no picture has counts as one picture. */
    double weight(String ngram) {
        return Math.log(documents) - Math.log(Math.max(1, pictures.getOrDefault(ngram, 0.0)));
    }
}
