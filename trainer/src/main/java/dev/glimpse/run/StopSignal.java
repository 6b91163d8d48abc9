package dev.glimpse.run;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Turns SIGTERM and Ctrl-C into a question that a training loop asks between two steps. The process ends when the signal is
 * closed, or after a minute.
 */
public final class StopSignal implements AutoCloseable {
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread hook = new Thread(this::waitForLoop, "stop-signal");
    private volatile boolean requested;

    public StopSignal() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** Whether the process was asked to end. Any thread. */
    public boolean requested() {
        return requested;
    }

    /** Asks as a signal would. Any thread. */
    public void request() {
        requested = true;
    }

    private void waitForLoop() {
        requested = true;
        try {
            if (!closed.await(1, TimeUnit.MINUTES)) {
                System.err.println("glimpse: a step did not end within a minute; the last checkpoint stays");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Lets the process end. */
    @Override
    public void close() {
        closed.countDown();
        if (!requested) {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException e) {
                // The process is ending, and the hook with it.
                return;
            }
        }
    }
}
