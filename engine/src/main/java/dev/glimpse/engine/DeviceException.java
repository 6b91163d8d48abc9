package dev.glimpse.engine;

/**
 * A device refused a call. After a fatal error the device answers no further call of this process: only a new process
 * helps. After any other, such as too little memory, the next call may succeed.
 */
public final class DeviceException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** Exit code of a process that must be started again because its device answers no more. */
    public static final int EXIT_FATAL = 86;

    private final boolean fatal;
    private final boolean outOfMemory;

    /**
     * @param message what was tried, and what the device said
     * @param fatal no further call of this process will succeed
     * @param outOfMemory the device had too little free memory; a smaller batch may fit
     */
    public DeviceException(String message, boolean fatal, boolean outOfMemory) {
        super(message);
        this.fatal = fatal;
        this.outOfMemory = outOfMemory;
    }

    public boolean fatal() {
        return fatal;
    }

    public boolean outOfMemory() {
        return outOfMemory;
    }

    /** Whether this failure, or one that caused it, is a fatal one of a device. */
    public static boolean isFatal(Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < 32; depth++) {
            if (cause instanceof DeviceException device && device.fatal()) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }
}
