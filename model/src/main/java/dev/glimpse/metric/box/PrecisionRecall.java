package dev.glimpse.metric.box;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Precision and recall over all pictures for one category, one range of areas and one limit of boxes per picture: what
 * remains of the matches once they are sorted by score. How often each picture counts is given afterwards.
 */
final class PrecisionRecall {
    private final List<Matches> matches;
    private final int[] owner; // per box, best first: index into matches
    private final int[] place; // per box: index within its matches

    PrecisionRecall(List<Matches> matches, int most) {
        this.matches = matches;
        record Ranked(int owner, int place, double score) {}
        List<Ranked> ranked = new ArrayList<>();
        for (int m = 0; m < matches.size(); m++) {
            double[] scores = matches.get(m).scores();
            for (int d = 0; d < Math.min(most, scores.length); d++) {
                ranked.add(new Ranked(m, d, scores[d]));
            }
        }
        ranked.sort(Comparator.comparingDouble(box -> -box.score()));
        owner = ranked.stream().mapToInt(Ranked::owner).toArray();
        place = ranked.stream().mapToInt(Ranked::place).toArray();
    }

    /** Average precision over recall points, and the highest recall. */
    record Summary(double precision, double recall) {}

    /**
     * One threshold's summary; NaN when no object counts.
     *
     * @param times how often each picture is drawn
     * @param points ascending recalls in [0, 1] at which precision is taken
     */
    Summary at(int threshold, int[] times, double[] points) {
        long objects = 0;
        for (Matches m : matches) {
            objects += (long) m.objects() * times[m.picture()];
        }
        if (objects == 0) {
            return new Summary(Double.NaN, Double.NaN);
        }
        int n = owner.length;
        double[] recall = new double[n];
        double[] precision = new double[n];
        double right = 0;
        double wrong = 0;
        for (int i = 0; i < n; i++) {
            Matches m = matches.get(owner[i]);
            if (m.counts()[threshold][place[i]]) {
                int weight = times[m.picture()];
                if (m.right()[threshold][place[i]]) {
                    right += weight;
                } else {
                    wrong += weight;
                }
            }
            recall[i] = right / objects;
            precision[i] = right / (right + wrong + Math.ulp(1.0));
        }
        for (int i = n - 2; i >= 0; i--) {
            precision[i] = Math.max(precision[i], precision[i + 1]);
        }
        return new Summary(mean(recall, precision, points), n == 0 ? 0 : recall[n - 1]);
    }

    /** Mean precision at the first box that reaches each recall; 0 where none does. */
    private static double mean(double[] recall, double[] precision, double[] points) {
        double sum = 0;
        int i = 0;
        for (double point : points) {
            while (i < recall.length && recall[i] < point) {
                i++;
            }
            sum += i < recall.length ? precision[i] : 0;
        }
        return sum / points.length;
    }
}
