package dev.glimpse.scene.dataset;

import java.util.Locale;

/** Parts of a data set; only {@link #COMPOSE} shows the pairs of kind and colour that are held out. */
public enum Split {
    TRAIN,
    VAL,
    TEST,
    COMPOSE;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Pictures of this split out of so many in all: 6 % val, 8 % test, 6 % compose, the rest train; at least one each. */
    public int share(int images) {
        return switch (this) {
            case VAL, COMPOSE -> Math.max(1, (int) Math.round(images * 0.06));
            case TEST -> Math.max(1, (int) Math.round(images * 0.08));
            case TRAIN -> images - VAL.share(images) - TEST.share(images) - COMPOSE.share(images);
        };
    }
}
