package dev.glimpse.sample;

import dev.glimpse.annotation.AnnotatedObject;
import dev.glimpse.annotation.AnnotatedPicture;
import dev.glimpse.box.Box;
import dev.glimpse.picture.Letterbox;
import dev.glimpse.sample.DetectorBatch.Objects;
import dev.glimpse.seed.Seed;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Annotated pictures and their cached pixels in, augmented batches out. A function of its arguments alone: any thread.
 *
 * @param split pictures with their objects
 * @param augmentation how far they are changed
 */
public record DetectorSamples(DetectorSplit split, Augmentation augmentation) {

    /**
     * A batch.
     *
     * @param indices indices of its pictures
     * @param seed where the augmentation is drawn from
     */
    public DetectorBatch batch(int[] indices, Seed seed) {
        int width = split.width();
        int height = split.height();
        float[] pixels = new float[indices.length * 3 * height * width];
        Objects[] objects = new Objects[indices.length];
        IntStream.range(0, indices.length).parallel().forEach(b -> {
            Random random = seed.at(b).random();
            AnnotatedPicture picture = split.picture(indices[b]);
            Letterbox letterbox = new Letterbox(picture.width(), picture.height(), width, height);
            boolean flip = augmentation.flips(random);
            int mirrored = flip ? letterbox.contentWidth() : 0;
            normalise(split.pixels(indices[b]), augmentation.tables(random), mirrored, pixels, b);
            objects[b] = objects(picture, letterbox, flip);
        });
        return new DetectorBatch(pixels, List.of(objects));
    }

    /**
     * Bytes (height, width, 3) to planes (3, height, width) of picture {@code b} of {@code out}.
     *
     * @param mirrored columns at the left that are mirrored among themselves
     */
    private void normalise(byte[] bytes, float[][] tables, int mirrored, float[] out, int b) {
        int width = split.width();
        int height = split.height();
        int plane = height * width;
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int from = (y * width + (x < mirrored ? mirrored - 1 - x : x)) * 3;
                int to = b * 3 * plane + y * width + x;
                out[to] = tables[0][bytes[from] & 0xFF];
                out[to + plane] = tables[1][bytes[from + 1] & 0xFF];
                out[to + 2 * plane] = tables[2][bytes[from + 2] & 0xFF];
            }
        }
    }

    private static Objects objects(AnnotatedPicture picture, Letterbox letterbox, boolean flip) {
        int n = picture.objects().size();
        float[] boxes = new float[4 * n];
        int[] labels = new int[n];
        List<List<Integer>> attributes = new ArrayList<>();
        float sx = (float) letterbox.contentWidth() / picture.width();
        float sy = (float) letterbox.contentHeight() / picture.height();
        for (int i = 0; i < n; i++) {
            AnnotatedObject object = picture.objects().get(i);
            Box box = object.box().scale(sx, sy);
            boxes[4 * i] = flip ? letterbox.contentWidth() - box.x2() : box.x1();
            boxes[4 * i + 1] = box.y1();
            boxes[4 * i + 2] = flip ? letterbox.contentWidth() - box.x1() : box.x2();
            boxes[4 * i + 3] = box.y2();
            labels[i] = object.label();
            attributes.add(object.attributes());
        }
        return new Objects(letterbox.contentWidth(), letterbox.contentHeight(), boxes, labels, attributes);
    }
}
