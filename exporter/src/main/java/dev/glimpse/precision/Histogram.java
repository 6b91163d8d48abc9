package dev.glimpse.precision;

import java.nio.FloatBuffer;

/** Magnitudes of the numbers that went through one place of a network, counted in 2048 bins whose width doubles as needed. */
final class Histogram {
    static final int BINS = 2048;
    /** Integer steps on the positive side. */
    private static final int LEVELS = 128;

    private final long[] counts = new long[BINS];
    private float limit = 1e-3f;
    private boolean signed;
    private long total;

    void add(FloatBuffer values) {
        for (int i = values.position(); i < values.limit(); i++) {
            add(values.get(i));
        }
    }

    private void add(float value) {
        float magnitude = Math.abs(value);
        if (!Float.isFinite(value)) {
            throw new IllegalStateException("expected finite numbers in a network, found " + value);
        }
        while (magnitude > limit) {
            widen();
        }
        counts[(int) Math.min(BINS - 1, magnitude / limit * BINS)]++;
        signed |= value < 0;
        total++;
    }

    private void widen() {
        for (int i = 0; i < BINS; i++) {
            counts[i] = i < BINS / 2 ? counts[2 * i] + counts[2 * i + 1] : 0;
        }
        limit *= 2;
    }

    long total() {
        return total;
    }

    /** The range that leaves out a part of the numbers: those of largest magnitude. */
    Range percentile(double percent) {
        long wanted = (long) Math.ceil(total * percent / 100);
        long seen = 0;
        int bin = 0;
        while (bin < BINS - 1 && (seen += counts[bin]) < wanted) {
            bin++;
        }
        return range(bin + 1);
    }

    /**
     * The range whose rounded distribution loses least information: smallest Kullback-Leibler divergence between the
     * magnitudes, cut at the range, and the same in 128 steps (Migacz, 8-bit inference with TensorRT, 2017).
     */
    Range entropy() {
        int best = BINS;
        double least = Double.POSITIVE_INFINITY;
        for (int cut = LEVELS; cut <= BINS; cut += 8) {
            double divergence = divergence(cut);
            if (divergence < least) {
                least = divergence;
                best = cut;
            }
        }
        return range(best);
    }

    private double divergence(int cut) {
        double[] kept = new double[cut];
        double outside = 0;
        for (int i = 0; i < BINS; i++) {
            if (i < cut) {
                kept[i] = counts[i];
            } else {
                outside += counts[i];
            }
        }
        double[] rounded = rounded(cut);
        kept[cut - 1] += outside;
        double sum = 0;
        double mass = total - outside;
        for (int i = 0; i < cut; i++) {
            if (kept[i] > 0) {
                double q = Math.max(rounded[i], 1e-9 * mass) / Math.max(mass, 1);
                sum += kept[i] / total * Math.log(kept[i] / total / q);
            }
        }
        return sum;
    }

    /** The bins before the cut in 128 groups; each spreads its count evenly over its bins that are not empty. */
    private double[] rounded(int cut) {
        double[] spread = new double[cut];
        for (int level = 0; level < LEVELS; level++) {
            int from = (int) ((long) level * cut / LEVELS);
            int to = (int) ((long) (level + 1) * cut / LEVELS);
            double count = 0;
            int filled = 0;
            for (int i = from; i < to; i++) {
                count += counts[i];
                filled += counts[i] > 0 ? 1 : 0;
            }
            for (int i = from; i < to; i++) {
                spread[i] = counts[i] > 0 ? count / filled : 0;
            }
        }
        return spread;
    }

    private Range range(int bins) {
        return new Range(signed, Math.max(limit * bins / BINS, 1e-6f));
    }
}
