package dev.glimpse.optimizer;

/**
 * Dynamic loss scaling (Micikevicius et al., arXiv 1710.03740): the loss is multiplied by the scale before the backward pass,
 * so that small gradients do not vanish in 16 bits, and the gradient divided by it. A step whose gradient overflowed is left
 * out and halves the scale; 2000 good steps in a row double it. Scales are powers of two, so dividing by them is exact.
 *
 * @param scale 1 to 2^24
 * @param good finite steps since it changed
 */
public record LossScale(float scale, int good) {
    /** What training begins with. */
    public static final LossScale START = new LossScale(65536, 0);

    private static final int GROWTH = 2000;
    private static final float LARGEST = 1 << 24;

    /** The scale of the next step, after one whose gradient was finite or not. */
    public LossScale after(boolean finite) {
        if (!finite) {
            return new LossScale(Math.max(1, scale / 2), 0);
        }
        return good + 1 < GROWTH ? new LossScale(scale, good + 1) : new LossScale(Math.min(LARGEST, scale * 2), 0);
    }

    /** Whether nothing is left to halve: then it is not the scale that made the gradient overflow. */
    public boolean exhausted() {
        return scale <= 1;
    }
}
