package dev.glimpse.seed;

import java.util.Random;

/**
 * An endless order over {@code size} samples: each pass visits every sample once, each pass in another order. Place n is a
 * function of seed and n alone, so training resumes anywhere. Used by one thread.
 */
public final class Shuffle {
    private final Seed seed;
    private final int[] order;
    private long pass = -1;

    public Shuffle(Seed seed, int size) {
        if (size <= 0) {
            throw new IllegalArgumentException("nothing to shuffle");
        }
        this.seed = seed;
        this.order = new int[size];
    }

    /**
     * The sample at place {@code n}, from 0.
     *
     * @return 0 to size - 1
     */
    public int at(long n) {
        if (n / order.length != pass) {
            pass = n / order.length;
            permute(seed.at(pass).random());
        }
        return order[(int) (n % order.length)];
    }

    /** The samples of one step. */
    public int[] batch(long step, int size) {
        int[] batch = new int[size];
        for (int i = 0; i < size; i++) {
            batch[i] = at((step - 1) * size + i);
        }
        return batch;
    }

    private void permute(Random random) {
        for (int i = 0; i < order.length; i++) {
            int j = random.nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
    }
}
