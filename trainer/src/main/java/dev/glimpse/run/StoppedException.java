package dev.glimpse.run;

/** A training loop was asked to end, saved its state and ended. */
public final class StoppedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public StoppedException(String message) {
        super(message);
    }
}
