package dev.glimpse.fault.scenario;

/** How much of a scenario is played. */
public enum Size {
    /** Enough to find what is plainly broken: seconds. */
    QUICK,
    /** The figures that are claimed: minutes to hours. */
    FULL;

    int of(int quick, int full) {
        return this == QUICK ? quick : full;
    }
}
