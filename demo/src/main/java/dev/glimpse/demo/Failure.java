package dev.glimpse.demo;

import dev.glimpse.error.UserError;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/** Brings what went wrong on another thread to the thread that has to tell. */
final class Failure {
    private Failure() {}

    /** Throws what the work failed of, if it did: a person's error as it is, anything else as the failure of {@code what}. */
    static void check(CompletableFuture<?> work, String what) {
        cause(work).ifPresent(cause -> {
            throw of(cause, what);
        });
    }

    static RuntimeException of(Throwable cause, String what) {
        return cause instanceof UserError error ? error : new IllegalStateException(what + " failed", cause);
    }

    private static Optional<Throwable> cause(CompletableFuture<?> work) {
        if (!work.isCompletedExceptionally()) {
            return Optional.empty();
        }
        try {
            work.get();
            return Optional.empty();
        } catch (ExecutionException | CompletionException e) {
            return Optional.of(e.getCause() == null ? e : e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of(e);
        }
    }
}
