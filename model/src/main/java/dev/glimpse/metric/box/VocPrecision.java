package dev.glimpse.metric.box;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Average precision as the Pascal VOC challenges count it (Everingham et al. 2010), at one IoU threshold: every found box
 * goes to the object of its class it overlaps most, and is right if that is free and the overlap reaches the threshold.
 * Crowds are VOC's difficult objects: finding one is neither right nor wrong. Boxes are measured as the files give them,
 * without VOC's extra pixel on each side.
 */
public final class VocPrecision {
    private static final int POINTS = 11;

    private VocPrecision() {}

    /**
     * Average precisions in [0, 1].
     *
     * @param elevenPoint mean of the best precision at recall 0, 0.1 ... 1 or more (VOC 2007)
     * @param everyPoint area under the best precision at each recall or more (VOC 2010 on)
     */
    public record Precision(double elevenPoint, double everyPoint) {}

    /**
     * Scores of all classes.
     *
     * @param mean over the classes that have objects; NaN without any
     * @param perClass name to scores; NaN for a class without objects
     */
    public record Scores(Precision mean, Map<String, Precision> perClass) {}

    /** @param iou threshold in (0, 1] */
    public static Scores score(BoxTruth truth, List<FoundBox> found, double iou) {
        Grouped boxes = Grouped.of(truth, found);
        Map<String, Precision> perClass = new LinkedHashMap<>();
        truth.categories().forEach((id, name) -> perClass.put(name, ofClass(boxes.objects(id), boxes.found(id), iou)));
        return new Scores(
                new Precision(
                        mean(perClass.values().stream()
                                .map(Precision::elevenPoint)
                                .toList()),
                        mean(perClass.values().stream()
                                .map(Precision::everyPoint)
                                .toList())),
                perClass);
    }

    private static double mean(List<Double> values) {
        return values.stream()
                .mapToDouble(Double::doubleValue)
                .filter(value -> !Double.isNaN(value))
                .average()
                .orElse(Double.NaN);
    }

    private static Precision ofClass(
            Map<Integer, List<TrueBox>> objects, Map<Integer, List<FoundBox>> found, double iou) {
        long wanted = objects.values().stream()
                .flatMap(List::stream)
                .filter(object -> !object.crowd())
                .count();
        if (wanted == 0) {
            return new Precision(Double.NaN, Double.NaN);
        }
        record Ranked(int picture, FoundBox box) {}
        List<Ranked> ranked = new ArrayList<>();
        found.keySet().stream().sorted().forEach(p -> found.getOrDefault(p, List.of())
                .forEach(box -> ranked.add(new Ranked(p, box))));
        ranked.sort(Comparator.comparingDouble(one -> -one.box.score()));
        Map<Integer, boolean[]> taken = new HashMap<>();
        List<double[]> curve = new ArrayList<>(); // {recall, precision}
        long right = 0;
        long wrong = 0;
        for (Ranked one : ranked) {
            List<TrueBox> candidates = objects.getOrDefault(one.picture, List.of());
            int match = closest(candidates, one.box, iou);
            boolean[] used = taken.computeIfAbsent(one.picture, p -> new boolean[candidates.size()]);
            if (match >= 0 && candidates.get(match).crowd()) {
                continue;
            }
            if (match >= 0 && !used[match]) {
                used[match] = true;
                right++;
            } else {
                wrong++;
            }
            curve.add(new double[] {(double) right / wanted, (double) right / (right + wrong)});
        }
        return precision(curve);
    }

    /** The object with most overlap, or -1 where that is less than the threshold. */
    private static int closest(List<TrueBox> objects, FoundBox box, double iou) {
        int best = -1;
        double most = 0;
        for (int g = 0; g < objects.size(); g++) {
            double overlap = box.rectangle().iou(objects.get(g).rectangle(), false);
            if (overlap > most) {
                most = overlap;
                best = g;
            }
        }
        return most >= iou ? best : -1;
    }

    private static Precision precision(List<double[]> curve) {
        for (int i = curve.size() - 2; i >= 0; i--) {
            curve.get(i)[1] = Math.max(curve.get(i)[1], curve.get(i + 1)[1]);
        }
        double eleven = 0;
        for (int point = 0; point < POINTS; point++) {
            double recall = point / 10.0;
            eleven += curve.stream()
                    .filter(at -> at[0] >= recall)
                    .mapToDouble(at -> at[1])
                    .findFirst()
                    .orElse(0);
        }
        double area = 0;
        double before = 0;
        for (double[] at : curve) {
            area += (at[0] - before) * at[1];
            before = at[0];
        }
        return new Precision(eleven / POINTS, area);
    }
}
