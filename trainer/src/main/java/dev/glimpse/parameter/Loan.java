package dev.glimpse.parameter;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;

/**
 * Lends long-lived arrays to a step. A result belongs to the manager of its first operand, and even a scalar factor is an
 * array there: without a loan every operation on a long-lived array would leave something in its manager for ever.
 */
public final class Loan {
    private Loan() {}

    /** Until {@code step} closes, what is computed from the arrays belongs to it; then they return to where they were. */
    public static void to(NDManager step, NDArray... arrays) {
        for (NDArray array : arrays) {
            if (array.getManager()
                    != step) { // a second loan to the same manager would forget where the array came from
                array.tempAttach(step);
            }
        }
    }
}
