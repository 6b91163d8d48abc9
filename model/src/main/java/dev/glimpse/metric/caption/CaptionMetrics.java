package dev.glimpse.metric.caption;

import dev.glimpse.error.UserError;
import dev.glimpse.metric.Progress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** References and candidate captions in, BLEU-1 to 4, ROUGE-L and CIDEr-D out, for the corpus and for each picture. */
public final class CaptionMetrics {
    private CaptionMetrics() {}

    /**
     * Scores raw captions on their Penn Treebank tokens; document frequencies are those of the references given.
     *
     * @param references picture to its captions as people wrote them, at least one each
     * @param candidates picture to the caption to be scored; the same pictures
     */
    public static CaptionScores score(Map<String, List<String>> references, Map<String, String> candidates) {
        UserError.require(!references.isEmpty(), "Expected captions of at least one picture, found none.");
        Map<String, List<String>> tokens = Tokenisation.PTB.all(references);
        return scoreTokens(tokens, Tokenisation.PTB.each(candidates), DocumentFrequency.of(tokens.values()));
    }

    /**
     * Scores tokenised captions: tokens separated by blanks.
     *
     * @param references picture to its tokenised captions, at least one each
     * @param candidates picture to the tokenised caption to be scored; the same pictures
     */
    public static CaptionScores scoreTokens(
            Map<String, List<String>> references, Map<String, String> candidates, DocumentFrequency frequency) {
        return scoreTokens(references, candidates, frequency, Progress.of("scoring captions"));
    }

    static CaptionScores scoreTokens(
            Map<String, List<String>> references,
            Map<String, String> candidates,
            DocumentFrequency frequency,
            Progress progress) {
        CiderD cider = new CiderD(frequency);
        Map<String, Map<String, Double>> items = new LinkedHashMap<>();
        Map<String, BleuCounts> counts = new LinkedHashMap<>();
        for (Map.Entry<String, List<String>> picture : references.entrySet()) {
            String id = picture.getKey();
            String candidate = candidates.get(id);
            if (candidate == null) {
                throw new UserError("Expected a caption for every picture, found none for picture " + id
                        + ". Caption it, or leave it out of the references.");
            }
            UserError.require(!picture.getValue().isEmpty(), "Picture %s has no reference caption.", id);
            Ngrams found = Ngrams.of(candidate);
            List<Ngrams> wanted = Ngrams.of(picture.getValue());
            BleuCounts count = BleuCounts.of(found, wanted);
            counts.put(id, count);
            progress.at(counts.size(), references.size());
            items.put(id, figures(count, RougeL.score(candidate, picture.getValue()), cider.score(found, wanted)));
        }
        return new CaptionScores(corpus(items, counts), items, counts);
    }

    private static Map<String, Double> corpus(Map<String, Map<String, Double>> items, Map<String, BleuCounts> counts) {
        BleuCounts total = BleuCounts.sum(counts.values());
        return figures(total, mean(items, "ROUGE_L"), mean(items, "CIDEr"));
    }

    private static double mean(Map<String, Map<String, Double>> items, String figure) {
        return items.values().stream()
                .mapToDouble(item -> item.getOrDefault(figure, Double.NaN))
                .average()
                .orElseThrow();
    }

    private static Map<String, Double> figures(BleuCounts counts, double rouge, double cider) {
        Map<String, Double> figures = new LinkedHashMap<>();
        double[] bleu = counts.bleu();
        for (int n = 1; n <= Ngrams.LONGEST; n++) {
            figures.put("Bleu_" + n, bleu[n - 1]);
        }
        figures.put("ROUGE_L", rouge);
        figures.put("CIDEr", cider);
        return figures;
    }
}
