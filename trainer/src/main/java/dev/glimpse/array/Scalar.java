package dev.glimpse.array;

import ai.djl.ndarray.NDArray;

/**
 * Products with numbers, for whatever carries gradient.
 *
 * <p>{@code x.mul(2f)} makes an array of the number, multiplies and closes that array at once. The backward pass still reads
 * it, from memory that Java's collector may have given to something else by then: gradients become garbage, rarely and at
 * random. The same holds for {@code div}, {@code pow}, {@code maximum} and {@code minimum} with a number; {@code add} and
 * {@code sub} are safe. Here the number lives as long as the array.
 */
public final class Scalar {
    private Scalar() {}

    /** x times a number; the number belongs to the manager of x. */
    public static NDArray times(NDArray x, double factor) {
        return x.mul(x.getManager().create((float) factor));
    }

    /** The smaller of x and a number, element by element. */
    public static NDArray atMost(NDArray x, double limit) {
        return x.minimum(x.getManager().create((float) limit));
    }
}
