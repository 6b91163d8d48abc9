package dev.glimpse.train;

import dev.glimpse.metric.caption.CaptionMetrics;
import dev.glimpse.metric.caption.DocumentFrequency;
import dev.glimpse.metric.caption.Tokenisation;
import dev.glimpse.text.CaptionedPicture;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** CIDEr-D of captions against the references of their pictures, with the document frequencies of all training references. */
final class CaptionReward {
    private final Map<String, List<String>> references; // by picture id, tokenised
    private final DocumentFrequency frequency;

    CaptionReward(List<CaptionedPicture> captioned) {
        Map<String, List<String>> texts = new LinkedHashMap<>();
        captioned.forEach(p -> texts.put(Long.toString(p.id()), p.captions()));
        this.references = Tokenisation.PTB.all(texts);
        this.frequency = DocumentFrequency.of(references.values());
    }

    /**
     * The reward of each caption.
     *
     * @param pictures id of the picture of each caption
     * @param captions texts
     * @return CIDEr-D, 0 to 10
     */
    double[] of(List<Long> pictures, List<String> captions) {
        List<String> tokens = Tokenisation.PTB.tokens(captions);
        Map<String, List<String>> truth = new LinkedHashMap<>();
        Map<String, String> found = new LinkedHashMap<>();
        List<String> names = new ArrayList<>();
        for (int i = 0; i < captions.size(); i++) {
            String name = Integer.toString(i);
            names.add(name);
            truth.put(name, references.getOrDefault(Long.toString(pictures.get(i)), List.of()));
            found.put(name, tokens.get(i));
        }
        Map<String, Map<String, Double>> items =
                CaptionMetrics.scoreTokens(truth, found, frequency).items();
        return names.stream()
                .mapToDouble(n -> items.getOrDefault(n, Map.of()).getOrDefault("CIDEr", Double.NaN))
                .toArray();
    }
}
