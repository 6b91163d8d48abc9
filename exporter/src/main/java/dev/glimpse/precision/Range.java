package dev.glimpse.precision;

/**
 * What an 8-bit activation can express.
 *
 * @param signed whether it may be negative
 * @param limit largest magnitude, positive; what is larger is cut off
 */
public record Range(boolean signed, float limit) {
    public Range {
        if (!(limit > 0) || Float.isInfinite(limit)) {
            throw new IllegalArgumentException("a range needs a positive limit, was " + limit);
        }
    }

    /** The number that one step of the integer stands for. */
    float scale() {
        return limit / (signed ? 127 : 255);
    }

    /** The integer, 0 to 255, that stands for zero. */
    int zero() {
        return signed ? 128 : 0;
    }
}
