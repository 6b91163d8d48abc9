package dev.glimpse.fault.scenario;

import java.util.List;

/** Least-squares line through values taken at equal intervals. */
final class Slope {
    private Slope() {}

    /**
     * By how much the line rises from the first value to the last, as a share of the mean of all values; 0 for fewer than
     * two values or a mean of 0.
     */
    static double overall(List<Double> values) {
        int n = values.size();
        double mean = values.stream().mapToDouble(Double::doubleValue).average().orElse(0);
        double middle = (n - 1) / 2.0;
        double up = 0;
        double wide = 0;
        for (int i = 0; i < n; i++) {
            up += (i - middle) * (values.get(i) - mean);
            wide += (i - middle) * (i - middle);
        }
        return wide == 0 || mean == 0 ? 0 : up / wide * (n - 1) / mean;
    }
}
