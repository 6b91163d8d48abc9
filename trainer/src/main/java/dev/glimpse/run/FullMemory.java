package dev.glimpse.run;

import dev.glimpse.error.UserError;
import java.util.Locale;
import java.util.Optional;

/** Tells full memory from other failures, and what to do about it. */
public final class FullMemory {
    private static final String LOWER =
            "Raise optimizer.accumulate, which takes less memory for the same batch, or lower optimizer.batch or evaluate.batch";

    private FullMemory() {}

    /**
     * What to tell the user.
     *
     * @param stage name of the stage that failed
     * @param failure as it was thrown
     * @return empty when it has nothing to do with memory
     */
    public static Optional<UserError> explain(String stage, Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String text = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
            if (cause instanceof OutOfMemoryError) {
                return Optional.of(error(
                        stage,
                        "Java's memory is full (" + cause.getMessage() + ")",
                        "Give it more, as with GLIMPSE_JAVA_OPTIONS=-Xmx8g, or lower optimizer.batch or evaluate.batch",
                        failure));
            }
            if (text.contains("cuda out of memory") || text.contains("cublas_status_alloc_failed")) {
                return Optional.of(error(stage, "the GPU's memory is full", LOWER, failure));
            }
            if (text.contains("can't allocate memory") || text.contains("bad_alloc")) {
                return Optional.of(error(stage, "the machine's memory is full", LOWER, failure));
            }
        }
        return Optional.empty();
    }

    private static UserError error(String stage, String what, String advice, Throwable cause) {
        return new UserError(
                stage + ": " + what + ". " + advice + ", in the section of this stage; it then begins anew.", cause);
    }
}
