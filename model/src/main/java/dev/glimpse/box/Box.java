package dev.glimpse.box;

/**
 * A box with corners (x1, y1) inclusive and (x2, y2) exclusive; x grows to the right, y downwards. The unit is the
 * caller's: pixels of a picture, or fractions of its sides.
 */
public record Box(float x1, float y1, float x2, float y2) {
    public float width() {
        return x2 - x1;
    }

    public float height() {
        return y2 - y1;
    }

    /** Area, 0 for a degenerate box. */
    public float area() {
        return Math.max(0, width()) * Math.max(0, height());
    }

    /** Intersection over union in [0, 1]; 0 when both boxes are empty. */
    public float iou(Box other) {
        float w = Math.min(x2, other.x2) - Math.max(x1, other.x1);
        float h = Math.min(y2, other.y2) - Math.max(y1, other.y1);
        if (w <= 0 || h <= 0) {
            return 0;
        }
        float intersection = w * h;
        return intersection / (area() + other.area() - intersection);
    }

    /** This box with x multiplied by {@code sx} and y by {@code sy}. */
    public Box scale(float sx, float sy) {
        return new Box(x1 * sx, y1 * sy, x2 * sx, y2 * sy);
    }

    /** This box cut to [0, width] x [0, height]. */
    public Box clip(float width, float height) {
        return new Box(clamp(x1, width), clamp(y1, height), clamp(x2, width), clamp(y2, height));
    }

    private static float clamp(float value, float limit) {
        return Math.max(0, Math.min(limit, value));
    }
}
