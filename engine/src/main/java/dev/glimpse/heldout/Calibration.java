package dev.glimpse.heldout;

import java.util.List;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;

/** Confidence and truth in, a temperature and the calibration error out. */
public final class Calibration {
    private static final int BINS = 15;
    private static final double LEAST = 0.05;
    private static final double MOST = 20;
    private static final double SURE = 1e-6;

    private Calibration() {}

    /**
     * One prediction.
     *
     * @param confidence that it is right, in [0, 1]
     * @param right 0 or 1, or the part of the judges that found it right
     */
    public record Sample(double confidence, double right) {}

    /**
     * Expected calibration error (Guo et al., arXiv 1706.04599): mean over 15 equal bins of the difference between mean
     * confidence and mean truth, weighted by the bins' counts.
     */
    public static double error(List<Sample> samples) {
        double[] differences = new double[BINS];
        for (Sample sample : samples) {
            int bin = (int) Math.min(BINS - 1.0, Math.floor(sample.confidence() * BINS));
            differences[bin] += sample.confidence() - sample.right();
        }
        double sum = 0;
        for (double difference : differences) {
            sum += Math.abs(difference);
        }
        return samples.isEmpty() ? 0 : sum / samples.size();
    }

    /** The samples with their confidence at a temperature. */
    public static List<Sample> at(double temperature, List<Sample> samples, DoubleBinaryOperator scaled) {
        return samples.stream()
                .map(s -> new Sample(scaled.applyAsDouble(s.confidence(), temperature), s.right()))
                .toList();
    }

    /**
     * The temperature with the highest likelihood of what was right, between 0.05 and 20; 1 without samples.
     *
     * @param scaled confidence and temperature to the new confidence
     */
    public static double fit(List<Sample> samples, DoubleBinaryOperator scaled) {
        if (samples.isEmpty()) {
            return 1;
        }
        return Math.exp(minimum(t -> loss(at(Math.exp(t), samples, scaled)), Math.log(LEAST), Math.log(MOST)));
    }

    /** Mean cross-entropy in nats. */
    private static double loss(List<Sample> samples) {
        double sum = 0;
        for (Sample sample : samples) {
            double p = Math.min(1 - SURE, Math.max(SURE, sample.confidence()));
            sum -= sample.right() * Math.log(p) + (1 - sample.right()) * Math.log(1 - p);
        }
        return sum / samples.size();
    }

    /** Golden-section search for the minimum of a function with one valley. */
    private static double minimum(DoubleUnaryOperator f, double low, double high) {
        double ratio = (Math.sqrt(5) - 1) / 2;
        double from = low;
        double to = high;
        for (int i = 0; i < 60; i++) {
            double a = to - ratio * (to - from);
            double b = from + ratio * (to - from);
            if (f.applyAsDouble(a) < f.applyAsDouble(b)) {
                to = b;
            } else {
                from = a;
            }
        }
        return (from + to) / 2;
    }
}
