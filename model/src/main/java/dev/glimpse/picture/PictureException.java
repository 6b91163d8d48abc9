package dev.glimpse.picture;

/** Bytes that are no acceptable picture. The message says why, for the sender of the bytes. */
public final class PictureException extends Exception {
    private static final long serialVersionUID = 1;

    /** Why a picture was refused; stable, part of the wire format. */
    public enum Reason {
        EMPTY,
        NOT_A_PICTURE,
        UNSUPPORTED,
        TOO_LARGE,
        TOO_SMALL,
        DAMAGED
    }

    private final Reason reason;

    public PictureException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
