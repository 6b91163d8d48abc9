package dev.glimpse.error;

/**
 * Something outside the program is wrong and a person can mend it. The message says what was expected, what was found,
 * where, and what to do; the command line prints it alone, without a stack trace, and ends with exit code 1.
 */
public final class UserError extends RuntimeException {
    private static final long serialVersionUID = 1;

    public UserError(String message) {
        super(message);
    }

    public UserError(String message, Throwable cause) {
        super(message, cause);
    }

    /**
     * Throws when a condition does not hold.
     *
     * @param format message for the person, as for {@link String#format}
     */
    public static void require(boolean holds, String format, Object... arguments) {
        if (!holds) {
            throw new UserError(String.format(format, arguments));
        }
    }
}
