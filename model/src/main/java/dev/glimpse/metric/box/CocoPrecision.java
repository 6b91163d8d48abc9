package dev.glimpse.metric.box;

import dev.glimpse.metric.Sampled;
import dev.glimpse.metric.box.Matches.Candidates;
import dev.glimpse.metric.box.PrecisionRecall.Summary;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Objects and found boxes in, the twelve COCO figures out: ten IoU thresholds from 0.5 to 0.95, 101 recall points, areas
 * small, medium and large, at most 1, 10 or 100 boxes per picture and category.
 */
public final class CocoPrecision implements Sampled {
    private static final double[] THRESHOLDS = linspace(0.5, 0.95, 10);
    private static final double[] RECALLS = linspace(0, 1, 101);
    private static final int MOST = 100;

    private final BoxTruth truth;
    private final List<Map<String, PrecisionRecall>> perCategory;

    public CocoPrecision(BoxTruth truth, List<FoundBox> found) {
        this.truth = truth;
        Grouped boxes = Grouped.of(truth, found);
        perCategory = truth.categories().keySet().stream()
                .parallel()
                .map(category -> curves(
                        boxes.objects(category),
                        boxes.found(category),
                        truth.pictures().size()))
                .toList();
    }

    private static Map<String, PrecisionRecall> curves(
            Map<Integer, List<TrueBox>> objects, Map<Integer, List<FoundBox>> found, int pictures) {
        List<Candidates> candidates = new ArrayList<>();
        for (int p = 0; p < pictures; p++) {
            if (objects.containsKey(p) || found.containsKey(p)) {
                candidates.add(
                        Candidates.of(p, objects.getOrDefault(p, List.of()), found.getOrDefault(p, List.of()), MOST));
            }
        }
        Map<String, PrecisionRecall> curves = new HashMap<>();
        for (AreaRange range : AreaRange.values()) {
            List<Matches> matches = candidates.stream()
                    .map(one -> Matches.of(one, range, THRESHOLDS))
                    .toList();
            curves.put(range.name(), new PrecisionRecall(matches, MOST));
            if (range == AreaRange.ALL) {
                curves.put("1", new PrecisionRecall(matches, 1));
                curves.put("10", new PrecisionRecall(matches, 10));
            }
        }
        return curves;
    }

    /** The scores of a set of results. */
    public static BoxScores score(BoxTruth truth, List<FoundBox> found) {
        return new CocoPrecision(truth, found).scores();
    }

    /** The scores with every picture counted once. */
    public BoxScores scores() {
        int[] once = new int[truth.pictures().size()];
        Arrays.fill(once, 1);
        Map<String, Map<String, Double>> perClass = new LinkedHashMap<>();
        int c = 0;
        for (String name : truth.categories().values()) {
            PrecisionRecall curve = Objects.requireNonNull(perCategory.get(c++).get("ALL"));
            double[] ap = precisions(curve, once);
            Map<String, Double> figures = new LinkedHashMap<>();
            figures.put("AP", Arrays.stream(ap).average().orElse(Double.NaN));
            figures.put("AP50", ap[0]);
            perClass.put(name, figures);
        }
        Map<String, Double> figures = new LinkedHashMap<>();
        under(once).forEach((name, value) -> figures.put(name, Double.isNaN(value) ? -1 : value));
        return new BoxScores(figures, perClass);
    }

    private static double[] precisions(PrecisionRecall curve, int[] times) {
        double[] precision = new double[THRESHOLDS.length];
        for (int t = 0; t < THRESHOLDS.length; t++) {
            precision[t] = curve.at(t, times, RECALLS).precision();
        }
        return precision;
    }

    @Override
    public int pictures() {
        return truth.pictures().size();
    }

    /** The twelve figures; NaN where no object of that size is left. */
    @Override
    public Map<String, Double> under(int[] times) {
        Map<String, Summary[][]> all = new HashMap<>();
        for (String curve : List.of("ALL", "SMALL", "MEDIUM", "LARGE", "1", "10")) {
            Summary[][] table = new Summary[perCategory.size()][THRESHOLDS.length];
            for (int c = 0; c < table.length; c++) {
                PrecisionRecall one = Objects.requireNonNull(perCategory.get(c).get(curve));
                for (int t = 0; t < THRESHOLDS.length; t++) {
                    table[c][t] = one.at(t, times, RECALLS);
                }
            }
            all.put(curve, table);
        }
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put("AP", precision(all, "ALL", 0, 10));
        figures.put("AP50", precision(all, "ALL", 0, 1));
        figures.put("AP75", precision(all, "ALL", 5, 6));
        figures.put("APs", precision(all, "SMALL", 0, 10));
        figures.put("APm", precision(all, "MEDIUM", 0, 10));
        figures.put("APl", precision(all, "LARGE", 0, 10));
        figures.put("AR1", recall(all, "1"));
        figures.put("AR10", recall(all, "10"));
        figures.put("AR100", recall(all, "ALL"));
        figures.put("ARs", recall(all, "SMALL"));
        figures.put("ARm", recall(all, "MEDIUM"));
        figures.put("ARl", recall(all, "LARGE"));
        return figures;
    }

    private static double precision(Map<String, Summary[][]> all, String curve, int from, int to) {
        return Arrays.stream(all.getOrDefault(curve, new Summary[0][]))
                .flatMap(row -> Arrays.stream(row, from, to))
                .mapToDouble(Summary::precision)
                .filter(value -> !Double.isNaN(value))
                .average()
                .orElse(Double.NaN);
    }

    private static double recall(Map<String, Summary[][]> all, String curve) {
        return Arrays.stream(all.getOrDefault(curve, new Summary[0][]))
                .flatMap(Arrays::stream)
                .mapToDouble(Summary::recall)
                .filter(value -> !Double.isNaN(value))
                .average()
                .orElse(Double.NaN);
    }

    /** Evenly spaced values with the rounding of the reference program: a recall may lie on a point to the last bit. */
    private static double[] linspace(double first, double last, int count) {
        double step = (last - first) / (count - 1);
        double[] values = new double[count];
        for (int i = 0; i < count; i++) {
            values[i] = i * step + first;
        }
        values[count - 1] = last;
        return values;
    }
}
