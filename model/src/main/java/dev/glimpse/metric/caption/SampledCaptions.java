package dev.glimpse.metric.caption;

import dev.glimpse.metric.Sampled;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Corpus scores of captions under draws of pictures. CIDEr-D keeps the document frequencies of the whole set: they are
 * part of the measure, not of what is measured.
 */
public final class SampledCaptions implements Sampled {
    private final List<String> means;
    private final double[][] values; // [figure][picture]
    private final List<BleuCounts> counts;

    public SampledCaptions(CaptionScores scores) {
        means = scores.corpus().keySet().stream()
                .filter(name -> !name.startsWith("Bleu_"))
                .toList();
        List<Map<String, Double>> items = new ArrayList<>(scores.items().values());
        counts = List.copyOf(scores.counts().values());
        values = new double[means.size()][items.size()];
        for (int f = 0; f < means.size(); f++) {
            for (int i = 0; i < items.size(); i++) {
                values[f][i] = items.get(i).getOrDefault(means.get(f), Double.NaN);
            }
        }
    }

    @Override
    public int pictures() {
        return counts.size();
    }

    @Override
    public Map<String, Double> under(int[] times) {
        Map<String, Double> figures = new LinkedHashMap<>();
        double[] bleu = BleuCounts.sum(counts, times).bleu();
        for (int n = 1; n <= Ngrams.LONGEST; n++) {
            figures.put("Bleu_" + n, bleu[n - 1]);
        }
        for (int f = 0; f < values.length; f++) {
            double sum = 0;
            long all = 0;
            for (int i = 0; i < times.length; i++) {
                sum += times[i] * values[f][i];
                all += times[i];
            }
            figures.put(means.get(f), sum / all);
        }
        return figures;
    }
}
