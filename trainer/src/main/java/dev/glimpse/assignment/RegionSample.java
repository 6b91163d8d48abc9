package dev.glimpse.assignment;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * The boxes of one picture that the box head is trained on: proposals and the objects' own boxes, at IoU .5 or more with an
 * object as foreground.
 *
 * @param boxes (N, 4), foreground first
 * @param objects (N): the object of each foreground box, -1 for background
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
public record RegionSample(float[] boxes, int[] objects) {
    private static final float FOREGROUND = .5f;

    /**
     * Draws a sample.
     *
     * @param proposals (M, 4)
     * @param truth (G, 4) objects, in the same unit
     * @param size boxes drawn
     * @param fraction share of foreground at most, in [0, 1]
     */
    public static RegionSample draw(float[] proposals, float[] truth, int size, double fraction, Random random) {
        float[] all = Arrays.copyOf(proposals, proposals.length + truth.length);
        System.arraycopy(truth, 0, all, proposals.length, truth.length);
        Matches matches = Matches.of(all, truth);
        int[] inside = IntStream.range(0, matches.iou().length)
                .filter(i -> matches.iou()[i] >= FOREGROUND)
                .toArray();
        int[] outside = IntStream.range(0, matches.iou().length)
                .filter(i -> matches.iou()[i] < FOREGROUND && hasArea(all, i))
                .toArray();
        int[] foreground = Draw.some(inside, (int) Math.round(size * fraction), random);
        int[] background = Draw.some(outside, size - foreground.length, random);
        int[] chosen = IntStream.concat(Arrays.stream(foreground), Arrays.stream(background))
                .toArray();
        float[] boxes = new float[4 * chosen.length];
        int[] objects = new int[chosen.length];
        for (int i = 0; i < chosen.length; i++) {
            System.arraycopy(all, 4 * chosen[i], boxes, 4 * i, 4);
            objects[i] = i < foreground.length ? matches.object()[chosen[i]] : -1;
        }
        return new RegionSample(boxes, objects);
    }

    private static boolean hasArea(float[] boxes, int i) {
        return boxes[4 * i + 2] > boxes[4 * i] && boxes[4 * i + 3] > boxes[4 * i + 1];
    }

    public int count() {
        return objects.length;
    }
}
