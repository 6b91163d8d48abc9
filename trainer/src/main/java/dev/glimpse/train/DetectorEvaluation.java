package dev.glimpse.train;

import dev.glimpse.annotation.AnnotatedObject;
import dev.glimpse.annotation.AnnotatedPicture;
import dev.glimpse.box.Suppression;
import dev.glimpse.detector.DetectedPicture;
import dev.glimpse.detector.Detector;
import dev.glimpse.feature.RegionRow;
import dev.glimpse.metric.box.BoxTruth;
import dev.glimpse.metric.box.CocoPrecision;
import dev.glimpse.metric.box.FoundBox;
import dev.glimpse.metric.box.Rectangle;
import dev.glimpse.metric.box.TrueBox;
import dev.glimpse.sample.DetectorSplit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How good a detector's final regions are on annotated pictures.
 *
 * @param split the pictures
 */
record DetectorEvaluation(DetectorSplit split) {
    private static final int BATCH = 32;
    private static final float FOUND = .5f;

    /**
     * COCO figures {@code AP}, {@code AP50}, {@code AP75}, {@code AR10}; {@code recall50}, the share of objects that some
     * region overlaps by IoU .5, whatever its class; {@code class50}, the share whose best such region has the right class;
     * {@code attributes50}, the share of objects with attributes whose best region's likeliest attribute is one of them.
     *
     * @param most pictures looked at, from the first
     */
    Map<String, Double> scores(Detector detector, int most) {
        int count = Math.min(most, split.size());
        List<FoundBox> found = new ArrayList<>();
        Tally tally = new Tally(detector.outline().attributes());
        for (int first = 0; first < count; first += BATCH) {
            int end = Math.min(first + BATCH, count);
            List<DetectedPicture> detected = detector.detect(split.pixels(first, end), split.content(first, end));
            for (int i = first; i < end; i++) {
                add(split.picture(i), detected.get(i - first).regions(), found);
                tally.add(split.picture(i), detected.get(i - first));
            }
        }
        Map<String, Double> figures = CocoPrecision.score(truth(count), found).figures();
        Map<String, Double> scores = new LinkedHashMap<>();
        for (String name : List.of("AP", "AP50", "AP75", "AR10")) {
            scores.put(name, figures.getOrDefault(name, Double.NaN));
        }
        scores.putAll(tally.scores());
        return scores;
    }

    private BoxTruth truth(int count) {
        List<String> pictures = new ArrayList<>();
        List<TrueBox> boxes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            AnnotatedPicture picture = split.picture(i);
            pictures.add(Long.toString(picture.id()));
            for (AnnotatedObject object : picture.objects()) {
                Rectangle r = new Rectangle(
                        object.box().x1(),
                        object.box().y1(),
                        object.box().width(),
                        object.box().height());
                boxes.add(new TrueBox(
                        object.id(),
                        Long.toString(picture.id()),
                        Integer.toString(object.label()),
                        r,
                        r.area(),
                        false));
            }
        }
        Map<String, String> categories = new LinkedHashMap<>();
        List<String> classes = split.instances().labels().classes();
        for (int c = 0; c < classes.size(); c++) {
            categories.put(Integer.toString(c), classes.get(c));
        }
        return new BoxTruth(pictures, categories, boxes);
    }

    private static void add(AnnotatedPicture picture, RegionRow regions, List<FoundBox> found) {
        for (int r = 0; r < regions.scores().length && regions.scores()[r] > 0; r++) {
            float x1 = regions.boxes()[4 * r] * picture.width();
            float y1 = regions.boxes()[4 * r + 1] * picture.height();
            float x2 = regions.boxes()[4 * r + 2] * picture.width();
            float y2 = regions.boxes()[4 * r + 3] * picture.height();
            found.add(new FoundBox(
                    Long.toString(picture.id()),
                    Integer.toString(regions.classes()[r]),
                    new Rectangle(x1, y1, x2 - x1, y2 - y1),
                    regions.scores()[r]));
        }
    }

    /** Counts objects and what became of them. */
    private static final class Tally {
        private final int attributes;
        private int objects;
        private int recalled;
        private int classed;
        private int described;
        private int right;

        Tally(int attributes) {
            this.attributes = attributes;
        }

        void add(AnnotatedPicture picture, DetectedPicture detected) {
            for (AnnotatedObject object : picture.objects()) {
                objects++;
                int best = best(picture, object, detected.regions());
                if (best >= 0) {
                    recalled++;
                    classed += detected.regions().classes()[best] == object.label() ? 1 : 0;
                }
                if (!object.attributes().isEmpty()) {
                    described++;
                    right += best >= 0 && object.attributes().contains(likeliest(detected.attributes(), best)) ? 1 : 0;
                }
            }
        }

        Map<String, Double> scores() {
            Map<String, Double> scores = new LinkedHashMap<>();
            scores.put("recall50", (double) recalled / objects);
            scores.put("class50", (double) classed / objects);
            if (described > 0) {
                scores.put("attributes50", (double) right / described);
            }
            return scores;
        }

        /** The region that overlaps an object most, by IoU .5 at least; -1 when there is none. */
        private static int best(AnnotatedPicture picture, AnnotatedObject object, RegionRow regions) {
            float[] box = {
                object.box().x1() / picture.width(),
                object.box().y1() / picture.height(),
                object.box().x2() / picture.width(),
                object.box().y2() / picture.height()
            };
            int best = -1;
            float most = FOUND;
            for (int r = 0; r < regions.scores().length; r++) {
                float iou = Suppression.iou(regions.boxes(), r, box, 0);
                if (regions.scores()[r] > 0 && iou >= most) {
                    most = iou;
                    best = r;
                }
            }
            return best;
        }

        private int likeliest(float[] probabilities, int region) {
            int best = 0;
            for (int a = 1; a < attributes; a++) {
                if (probabilities[region * attributes + a] > probabilities[region * attributes + best]) {
                    best = a;
                }
            }
            return best;
        }
    }
}
