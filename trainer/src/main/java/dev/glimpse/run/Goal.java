package dev.glimpse.run;

/**
 * What a validation is judged by.
 *
 * @param metric name of one of its numbers
 * @param higher whether more of it is better
 */
public record Goal(String metric, boolean higher) {
    /** The lower, the better: losses. */
    public static Goal lowest(String metric) {
        return new Goal(metric, false);
    }

    /** The higher, the better: accuracies. */
    public static Goal highest(String metric) {
        return new Goal(metric, true);
    }

    /** Whether {@code value} is better than {@code best}; NaN never is, and everything else is better than NaN. */
    boolean better(float value, float best) {
        return !Float.isNaN(value) && (Float.isNaN(best) || (higher ? value > best : value < best));
    }
}
