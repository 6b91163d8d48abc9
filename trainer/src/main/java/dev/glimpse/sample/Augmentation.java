package dev.glimpse.sample;

import static dev.glimpse.error.UserError.require;

import java.util.Random;

/**
 * How far a detector's pictures are changed in training.
 *
 * @param flip share of the pictures that are mirrored left to right, in [0, 1]
 * @param brightness most that is added to all channels, in parts of the range
 * @param contrast most by which the distance to middle grey is stretched or shrunk, in [0, 1)
 * @param colour most by which each channel alone is stretched or shrunk, in [0, 1)
 */
public record Augmentation(double flip, double brightness, double contrast, double colour) {
    /** Mean and deviation of the channels red, green and blue that pictures are normalised by, as for ImageNet. */
    static final float[] MEAN = {.485f, .456f, .406f};

    static final float[] DEVIATION = {.229f, .224f, .225f};

    private static final int LEVELS = 256;

    public Augmentation {
        require(flip >= 0 && flip <= 1, "flip must lie in [0, 1], was %s", flip);
        require(brightness >= 0 && brightness < 1, "brightness must lie in [0, 1), was %s", brightness);
        require(contrast >= 0 && contrast < 1, "contrast must lie in [0, 1), was %s", contrast);
        require(colour >= 0 && colour < 1, "colour must lie in [0, 1), was %s", colour);
    }

    /** No change: for evaluation. */
    public static Augmentation none() {
        return new Augmentation(0, 0, 0, 0);
    }

    /** Draws whether a picture is mirrored. */
    boolean flips(Random random) {
        return random.nextDouble() < flip;
    }

    /**
     * Draws a change of brightness, contrast and colour.
     *
     * @return (3, 256): the normalised value of each byte in each channel
     */
    float[][] tables(Random random) {
        double added = draw(random, brightness);
        double stretch = 1 + draw(random, contrast);
        float[][] tables = new float[3][LEVELS];
        for (int c = 0; c < 3; c++) {
            double gain = 1 + draw(random, colour);
            for (int v = 0; v < LEVELS; v++) {
                double changed = ((v / 255.0 - 0.5) * stretch + 0.5 + added) * gain;
                tables[c][v] = (float) ((Math.max(0, Math.min(1, changed)) - MEAN[c]) / DEVIATION[c]);
            }
        }
        return tables;
    }

    private static double draw(Random random, double limit) {
        return limit * (2 * random.nextDouble() - 1);
    }
}
