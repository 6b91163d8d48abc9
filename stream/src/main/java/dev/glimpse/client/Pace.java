package dev.glimpse.client;

/**
 * When the next frame is due. Times are nanoseconds of one clock. A sender that fell behind by more than a second does not
 * catch up in a burst: the beat begins anew.
 */
final class Pace {
    private static final long SECOND = 1_000_000_000L;

    private final long step;
    private long due;

    /**
     * The first frame is due at once.
     *
     * @param fps frames per second; 0 means as fast as can be
     */
    Pace(double fps, long now) {
        this.step = fps > 0 ? (long) (SECOND / fps) : 0;
        this.due = now;
    }

    /** Nanoseconds from now until the next frame is due, at least 0. */
    long untilDue(long now) {
        return Math.max(0, due - now);
    }

    /** Notes that a frame goes out now. */
    void sent(long now) {
        due = now - due > SECOND ? now + step : due + step;
    }
}
