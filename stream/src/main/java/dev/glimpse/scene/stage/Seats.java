package dev.glimpse.scene.stage;

import dev.glimpse.scene.thing.Category;

/** Where things bear other things, as fractions of the bearer's height or width. */
final class Seats {
    private Seats() {}

    /** Height of the back or saddle. */
    static double saddle(Category host) {
        return switch (host) {
            case ELEPHANT -> 0.9;
            case BICYCLE -> 0.88;
            default -> 0.66;
        };
    }

    /** How far the saddle is in front of the middle. */
    static double back(Category host) {
        return host == Category.BICYCLE ? -0.16 : -0.04;
    }

    /** Height on which a thing stands or sits. */
    static double top(Category host) {
        return switch (host) {
            case SOFA -> 0.46;
            case BENCH -> 0.52;
            case CHAIR -> 0.46;
            case TABLE -> 0.97;
            case BOX -> 0.94;
            default -> 1;
        };
    }

    /** How far before the middle of its bearer a thing is held. */
    static double reach(Category held) {
        return switch (held) {
            case UMBRELLA -> 0.42;
            case GUITAR -> 0.12;
            case SURFBOARD -> 0.62;
            default -> 0.62;
        };
    }

    /** Height of the feet of a thing that is held. */
    static double grip(Category held) {
        return switch (held) {
            case UMBRELLA -> 0.5;
            case GUITAR -> 0.16;
            case SURFBOARD -> 0.04;
            default -> 0.36;
        };
    }
}
