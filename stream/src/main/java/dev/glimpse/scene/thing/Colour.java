package dev.glimpse.scene.thing;

import java.util.Locale;

/** The colours a thing can have, each with the red, green and blue of its paint. */
public enum Colour {
    RED(0xD8342F),
    ORANGE(0xF28A1E),
    YELLOW(0xF5CF2B),
    GREEN(0x2F9E48),
    BLUE(0x2B6BD6),
    PURPLE(0x8A3FB5),
    WHITE(0xF4F2EC),
    BROWN(0x82512B);

    private final int rgb;

    Colour(int rgb) {
        this.rgb = rgb;
    }

    /** Paint as 0xRRGGBB. */
    public int rgb() {
        return rgb;
    }

    /** The English word. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
