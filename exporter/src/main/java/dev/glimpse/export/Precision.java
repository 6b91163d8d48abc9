package dev.glimpse.export;

import java.util.Locale;

/** What the graphs of a bundle compute in. */
public enum Precision {
    /** Float everywhere. */
    FP32(1e-4),
    /** Half precision but for sensitive reductions. */
    FP16(2e-2),
    /** 8-bit integers but for sensitive layers. */
    INT8(1e-1);

    private final double tolerance;

    Precision(double tolerance) {
        this.tolerance = tolerance;
    }

    /** Largest difference between engines on the golden inputs, relative to 1 + the expected absolute value. */
    double tolerance() {
        return tolerance;
    }

    /** Name in a manifest. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
