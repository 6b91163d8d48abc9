package dev.glimpse.scene.thing;

import java.util.List;
import java.util.SplittableRandom;

/** Seeded chance: the same seed gives the same throws on every machine. Not for use by several threads. */
public final class Dice {
    private final SplittableRandom random;

    public Dice(long seed) {
        random = new SplittableRandom(seed);
    }

    /** A seed made from another and a number, so that neighbours have nothing in common (finaliser of SplitMix64). */
    public static long mix(long seed, long number) {
        long z = seed * 0x9E3779B97F4A7C15L + (number + 1) * 0xD1B54A32D192ED03L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    /** True with probability {@code p}. */
    public boolean chance(double p) {
        return random.nextDouble() < p;
    }

    /** Uniform in [low, high). */
    public double between(double low, double high) {
        return low + (high - low) * random.nextDouble();
    }

    /** Uniform in 0 .. bound - 1. */
    public int below(int bound) {
        return random.nextInt(bound);
    }

    public <T> T pick(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    @SafeVarargs
    public final <T> T pick(T... choices) {
        return choices[random.nextInt(choices.length)];
    }

    /** The first choice with probability 1/2, the second with 1/4 and so on: a long tail. */
    @SafeVarargs
    public final <T> T tail(T... choices) {
        int i = 0;
        while (i < choices.length - 1 && random.nextDouble() < 0.42) {
            i++;
        }
        return choices[i];
    }

    /** Index drawn with probability in proportion to the weights. */
    public int weighted(double... weights) {
        double sum = 0;
        for (double w : weights) {
            sum += w;
        }
        double left = random.nextDouble() * sum;
        for (int i = 0; i < weights.length - 1; i++) {
            left -= weights[i];
            if (left < 0) {
                return i;
            }
        }
        return weights.length - 1;
    }
}
