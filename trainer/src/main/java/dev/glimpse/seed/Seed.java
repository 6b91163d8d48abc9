package dev.glimpse.seed;

import java.util.Random;

/**
 * A place in a run at which something random happens: the run's seed, then names and numbers such as step and index. The
 * same place draws the same numbers whatever was drawn elsewhere, so a resumed run repeats what an unbroken one does.
 */
public record Seed(long value) {
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    /** The place {@code index} below this one. */
    public Seed at(long index) {
        return new Seed(mix(value * 31 + mix(index + GOLDEN)));
    }

    /** The place {@code name} below this one. */
    public Seed at(String name) {
        long hash = 0xCBF29CE484222325L; // FNV-1a over UTF-16 units
        for (int i = 0; i < name.length(); i++) {
            hash = (hash ^ name.charAt(i)) * 0x100000001B3L;
        }
        return at(hash);
    }

    /** A generator of the algorithm that {@link Random} specifies, the same on every Java. */
    public Random random() {
        return new Random(value);
    }

    /** A non-negative number for generators that take an {@code int}. */
    public int bits() {
        return (int) (mix(value) >>> 33);
    }

    /** SplitMix64's finaliser (Steele, Lea and Flood, OOPSLA 2014). */
    private static long mix(long z) {
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
