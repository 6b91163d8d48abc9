package dev.glimpse.wire;

/** A record does not keep to the contract; the message says what was expected and what was found, for the sender to read. */
public final class WireException extends Exception {
    private static final long serialVersionUID = 1;

    private final RejectionReason reason;
    private final String message;

    public WireException(RejectionReason reason, String message) {
        super(message);
        this.reason = reason;
        this.message = message;
    }

    public WireException(RejectionReason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
        this.message = message;
    }

    @Override
    public String getMessage() {
        return message;
    }

    public RejectionReason reason() {
        return reason;
    }
}
