package dev.glimpse.loss;

import java.util.Random;

/** Numbers for tests, and softmax in doubles. */
final class Numbers {
    private Numbers() {}

    static float[] normal(long seed, int count) {
        Random random = new Random(seed);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }

    /** softmax of count values from an offset on, each divided by a temperature. */
    static double[] softmax(float[] x, int from, int count, double temperature) {
        double[] p = new double[count];
        double sum = 0;
        for (int i = 0; i < count; i++) {
            p[i] = Math.exp(x[from + i] / temperature);
            sum += p[i];
        }
        for (int i = 0; i < count; i++) {
            p[i] /= sum;
        }
        return p;
    }
}
