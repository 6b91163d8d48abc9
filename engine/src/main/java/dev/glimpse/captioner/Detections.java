package dev.glimpse.captioner;

import static dev.glimpse.bundle.Bundle.DETECTOR;

import dev.glimpse.box.Box;
import dev.glimpse.bundle.Labels;
import dev.glimpse.engine.Tensor;
import dev.glimpse.picture.Letterbox;
import dev.glimpse.picture.Picture;
import dev.glimpse.size.DetectorSize;
import dev.glimpse.token.TagTable;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What {@code detector.onnx} found in one picture.
 *
 * @param classes (R), 0-based without background
 * @param features boxes, scores and feature vectors of the R rows
 * @param attributes (R, attributes) probabilities
 */
@SuppressWarnings("ArrayRecordComponent") // the numbers of one picture, never compared
record Detections(int[] classes, RegionFeatures features, float[] attributes) {
    /** An attribute holds with at least this probability: heads are trained with soft targets 1 / number of attributes. */
    private static final float ATTRIBUTE_THRESHOLD = .15f;

    /** Writes letterboxed pictures and their sizes into the detector's inputs. */
    static void prepare(Networks networks, List<Picture> pictures, DetectorSize size) {
        Tensor input = networks.tensor(DETECTOR, "picture", pictures.size());
        Tensor sizes = networks.tensor(DETECTOR, "size", pictures.size());
        for (int row = 0; row < pictures.size(); row++) {
            Picture picture = pictures.get(row);
            Letterbox letterbox =
                    new Letterbox(picture.width(), picture.height(), size.pictureWidth(), size.pictureHeight());
            input.write(row, letterbox.apply(picture));
            sizes.write(row, new float[] {letterbox.contentWidth(), letterbox.contentHeight()});
        }
    }

    /** Reads the detector's outputs of a batch. */
    static List<Detections> read(Networks networks, int pictures) {
        FloatBuffer boxes = networks.tensor(DETECTOR, "boxes", pictures).floats();
        FloatBuffer scores = networks.tensor(DETECTOR, "scores", pictures).floats();
        FloatBuffer features = networks.tensor(DETECTOR, "features", pictures).floats();
        FloatBuffer attributes =
                networks.tensor(DETECTOR, "attributes", pictures).floats();
        long[] classes = new long[scores.remaining()];
        networks.tensor(DETECTOR, "classes", pictures).longs().get(classes);
        int regions = classes.length / pictures;
        List<Detections> all = new ArrayList<>(pictures);
        for (int p = 0; p < pictures; p++) {
            int first = p * regions;
            all.add(new Detections(
                    IntStream.range(first, first + regions)
                            .map(i -> (int) classes[i])
                            .toArray(),
                    new RegionFeatures(
                            row(boxes, boxes.capacity() / pictures),
                            row(scores, regions),
                            row(features, features.capacity() / pictures)),
                    row(attributes, attributes.capacity() / pictures)));
        }
        return all;
    }

    private static float[] row(FloatBuffer from, int length) {
        float[] values = new float[length];
        from.get(values);
        return values;
    }

    /** Number of regions found: the rows before the first of score 0. */
    int found() {
        float[] scores = features.scores();
        int found = 0;
        while (found < scores.length && scores[found] > 0) {
            found++;
        }
        return found;
    }

    /** The regions found, with boxes in pixels of the picture. */
    List<Region> regions(Picture picture, Labels labels, TagTable tags) {
        List<Region> regions = new ArrayList<>();
        float[] boxes = features.boxes();
        for (int r = 0; r < found(); r++) {
            Box box = new Box(boxes[4 * r], boxes[4 * r + 1], boxes[4 * r + 2], boxes[4 * r + 3]);
            regions.add(new Region(
                    box.scale(picture.width(), picture.height()),
                    tags.name(classes[r]),
                    attributes(r, labels.attributes()),
                    features.scores()[r]));
        }
        return regions;
    }

    private List<String> attributes(int region, List<String> names) {
        int first = region * names.size();
        return IntStream.range(0, names.size())
                .filter(i -> attributes[first + i] >= ATTRIBUTE_THRESHOLD)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> -attributes[first + i]))
                .map(names::get)
                .toList();
    }
}
