package dev.glimpse.scene.thing;

import java.util.Locale;

/** How large a thing is for its kind. */
public enum Size {
    SMALL(0.78),
    MEDIUM(1),
    LARGE(1.3);

    private final double factor;

    Size(double factor) {
        this.factor = factor;
    }

    /** Length relative to a middling thing of its kind. */
    public double factor() {
        return factor;
    }

    /** The English word. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
