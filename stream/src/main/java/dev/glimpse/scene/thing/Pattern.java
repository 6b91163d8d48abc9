package dev.glimpse.scene.thing;

import java.util.Locale;

/** What is on a thing's paint. */
public enum Pattern {
    PLAIN,
    STRIPED,
    DOTTED,
    CHECKED;

    /** The English word. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
