package dev.glimpse.fault.site;

import java.time.Duration;

/**
 * What a network does to the bytes that pass.
 *
 * @param kind what happens
 * @param time how long each piece of data is held back ({@link Kind#DELAY}), or how long the line stands still at most each
 *     time ({@link Kind#STALLS})
 */
public record Weather(Kind kind, Duration time) {
    /** Ways in which a network can be bad. */
    public enum Kind {
        /** Everything passes. */
        FAIR,
        /** Every piece is late. */
        DELAY,
        /** Now and then the line stands still for a while, as when packets are lost and sent again. */
        STALLS,
        /** Connections stay open and new ones are taken, but nothing passes in either direction. */
        HALF_OPEN,
        /** What is sent to the broker passes; nothing comes back. */
        MUTE,
        /** Connections are broken, new ones refused. */
        CUT
    }

    public static final Weather FAIR = new Weather(Kind.FAIR, Duration.ZERO);

    public static Weather of(Kind kind) {
        return new Weather(kind, Duration.ZERO);
    }

    public static Weather of(Kind kind, Duration time) {
        return new Weather(kind, time);
    }
}
