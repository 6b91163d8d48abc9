package dev.glimpse.assignment;

import java.util.Arrays;
import java.util.Random;

/** Random choice without repetition. */
final class Draw {
    private Draw() {}

    /** At most {@code most} of the values, each equally likely, ascending by place drawn; {@code values} is reordered. */
    static int[] some(int[] values, int most, Random random) {
        int count = Math.min(most, values.length);
        for (int i = 0; i < count; i++) {
            int j = i + random.nextInt(values.length - i);
            int value = values[j];
            values[j] = values[i];
            values[i] = value;
        }
        return Arrays.copyOf(values, count);
    }
}
