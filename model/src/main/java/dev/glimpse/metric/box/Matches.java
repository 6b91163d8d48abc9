package dev.glimpse.metric.box;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Which boxes found in one picture are right, for one category and one range of areas, at each IoU threshold.
 *
 * @param picture index of the picture
 * @param scores descending, at most 100
 * @param right [threshold][found]: matches an object that counts
 * @param counts [threshold][found]: is either right or wrong; false where it is ignored
 * @param objects number of objects that count
 */
record Matches(int picture, double[] scores, boolean[][] right, boolean[][] counts, int objects) {
    /** Objects of one category in one picture, and what was found there: sorted, cut and compared once for all ranges. */
    record Candidates(int picture, List<TrueBox> objects, List<FoundBox> found, double[][] iou) {
        static Candidates of(int picture, List<TrueBox> objects, List<FoundBox> found, int most) {
            List<FoundBox> best = found.stream()
                    .sorted(Comparator.comparingDouble((FoundBox box) -> -box.score()))
                    .limit(most)
                    .toList();
            double[][] iou = new double[best.size()][objects.size()];
            for (int d = 0; d < best.size(); d++) {
                for (int g = 0; g < objects.size(); g++) {
                    TrueBox object = objects.get(g);
                    iou[d][g] = best.get(d).rectangle().iou(object.rectangle(), object.crowd());
                }
            }
            return new Candidates(picture, objects, best, iou);
        }
    }

    /** Greedy matching in the order of the scores, as the COCO evaluation does it. */
    static Matches of(Candidates all, AreaRange range, double[] thresholds) {
        int n = all.objects.size();
        boolean[] ignored = new boolean[n];
        for (int g = 0; g < n; g++) {
            TrueBox object = all.objects.get(g);
            ignored[g] = object.crowd() || !range.holds(object.area());
        }
        int[] order = IntStream.range(0, n)
                .boxed()
                .sorted(Comparator.comparing(g -> ignored[g]))
                .mapToInt(Integer::intValue)
                .toArray();
        int found = all.found.size();
        boolean[][] right = new boolean[thresholds.length][found];
        boolean[][] counts = new boolean[thresholds.length][found];
        for (int t = 0; t < thresholds.length; t++) {
            boolean[] taken = new boolean[n];
            for (int d = 0; d < found; d++) {
                int match = match(all, all.iou[d], order, ignored, taken, thresholds[t]);
                // An annotation numbered 0 reads as "no match" in the reference program.
                boolean matched = match >= 0 && all.objects.get(match).id() != 0;
                boolean outside = !range.holds(all.found.get(d).rectangle().area());
                boolean ignore = match >= 0 && ignored[match] || !matched && outside;
                if (match >= 0) {
                    taken[match] = true;
                }
                right[t][d] = matched && !ignore;
                counts[t][d] = !ignore;
            }
        }
        double[] scores = all.found.stream().mapToDouble(FoundBox::score).toArray();
        int objects = 0;
        for (boolean ignore : ignored) {
            objects += ignore ? 0 : 1;
        }
        return new Matches(all.picture, scores, right, counts, objects);
    }

    /** Index of the object that a box with these overlaps matches, or -1: the free one with most overlap, crowds last. */
    private static int match(
            Candidates all, double[] iou, int[] order, boolean[] ignored, boolean[] taken, double threshold) {
        double best = Math.min(threshold, 1 - 1e-10);
        int match = -1;
        for (int g : order) {
            if (taken[g] && !all.objects.get(g).crowd()) {
                continue;
            }
            if (match >= 0 && !ignored[match] && ignored[g]) {
                break;
            }
            if (iou[g] >= best) {
                best = iou[g];
                match = g;
            }
        }
        return match;
    }
}
