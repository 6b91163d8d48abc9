package dev.glimpse.detector;

import dev.glimpse.box.Suppression;
import dev.glimpse.sample.DetectorBatch;
import dev.glimpse.sample.DetectorBatch.Objects;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A picture with two rectangles: squares (label 0) and upright bars (label 1) in red, green or blue on grey.
 *
 * @param pixels side x side x 3 bytes
 * @param boxes (2, 4) in pixels
 * @param labels (2)
 * @param colours attribute of each
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Shapes(byte[] pixels, float[] boxes, int[] labels, int[] colours) {

    static List<Shapes> draw(int count, int side) {
        List<Shapes> pictures = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            pictures.add(draw(new Random(i), side));
        }
        return pictures;
    }

    private static Shapes draw(Random random, int side) {
        byte[] pixels = new byte[side * side * 3];
        java.util.Arrays.fill(pixels, (byte) 120);
        float[] boxes = new float[8];
        int[] labels = new int[2];
        int[] colours = new int[2];
        for (int n = 0; n < 2; n++) {
            labels[n] = random.nextInt(2);
            colours[n] = random.nextInt(3);
            int w = labels[n] == 0 ? 16 + random.nextInt(8) : 8 + random.nextInt(3);
            int h = labels[n] == 0 ? w : 24 + random.nextInt(6);
            int x = n * side / 2 + random.nextInt(side / 2 - w);
            int y = random.nextInt(side - h);
            for (int i = y; i < y + h; i++) {
                for (int j = x; j < x + w; j++) {
                    for (int c = 0; c < 3; c++) {
                        pixels[(i * side + j) * 3 + c] = (byte) (c == colours[n] ? 230 : 20);
                    }
                }
            }
            boxes[4 * n] = x;
            boxes[4 * n + 1] = y;
            boxes[4 * n + 2] = x + w;
            boxes[4 * n + 3] = y + h;
        }
        return new Shapes(pixels, boxes, labels, colours);
    }

    static DetectorBatch batch(List<Shapes> pictures, int side) {
        float[] mean = {.485f, .456f, .406f};
        float[] deviation = {.229f, .224f, .225f};
        float[] values = new float[pictures.size() * 3 * side * side];
        List<Objects> objects = new ArrayList<>();
        for (int b = 0; b < pictures.size(); b++) {
            Shapes picture = pictures.get(b);
            for (int i = 0; i < side * side; i++) {
                for (int c = 0; c < 3; c++) {
                    float v = (picture.pixels[3 * i + c] & 0xFF) / 255f;
                    values[(b * 3 + c) * side * side + i] = (v - mean[c]) / deviation[c];
                }
            }
            List<List<Integer>> attributes = List.of(List.of(picture.colours[0]), List.of(picture.colours[1]));
            objects.add(new Objects(side, side, picture.boxes, picture.labels, attributes));
        }
        return new DetectorBatch(values, objects);
    }

    static DetectorBatch empty(int count, int side) {
        List<Objects> objects = new ArrayList<>();
        for (int b = 0; b < count; b++) {
            objects.add(new Objects(side, side, new float[0], new int[0], List.of()));
        }
        return new DetectorBatch(new float[count * 3 * side * side], objects);
    }

    /** How many rectangles of all pictures are among the two best regions of theirs, with class and colour. */
    static int found(List<Shapes> pictures, List<DetectedPicture> detected, int side, int attributes) {
        int found = 0;
        for (int i = 0; i < pictures.size(); i++) {
            found += pictures.get(i).found(detected.get(i), side, attributes);
        }
        return found;
    }

    private int found(DetectedPicture detected, int side, int attributes) {
        float[] regions = detected.regions().boxes().clone();
        for (int i = 0; i < regions.length; i++) {
            regions[i] *= side;
        }
        int found = 0;
        for (int n = 0; n < 2; n++) {
            int best = Suppression.iou(regions, 0, boxes, n) > Suppression.iou(regions, 1, boxes, n) ? 0 : 1;
            boolean right = Suppression.iou(regions, best, boxes, n) > .5f
                    && detected.regions().classes()[best] == labels[n]
                    && detected.attributes()[best * attributes + colours[n]] > .5f;
            found += right ? 1 : 0;
        }
        return found;
    }
}
