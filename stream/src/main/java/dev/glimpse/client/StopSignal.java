package dev.glimpse.client;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C as a value: work that asks {@link #isSet} can end in order, and what it prints afterwards is still seen. The
 * process then ends with code 0 if the work did so too.
 */
public final class StopSignal implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration LAST_WORDS = Duration.ofMillis(500);

    private final CountDownLatch set = new CountDownLatch(1);
    private final CountDownLatch finished = new CountDownLatch(1);
    private volatile boolean succeeded;
    private final Thread hook = new Thread(this::stop, "stop");

    /** Listens to Ctrl-C and {@code kill} from now on. */
    public static StopSignal listening() {
        StopSignal signal = new StopSignal();
        Runtime.getRuntime().addShutdownHook(signal.hook);
        return signal;
    }

    public boolean isSet() {
        return set.getCount() == 0;
    }

    /** Waits that long, or until the signal comes; returns whether it has come. */
    public boolean await(Duration longest) throws InterruptedException {
        return set.await(Math.max(0, longest.toNanos()), TimeUnit.NANOSECONDS);
    }

    /** Sets the signal as Ctrl-C would. */
    public void set() {
        set.countDown();
    }

    /** The work came to a good end; returns its exit code, 0. */
    public int succeed() {
        succeeded = true;
        return 0;
    }

    /** The work is over. */
    @Override
    public void close() {
        finished.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // the process is ending already: the hook is what ends it
        }
    }

    private void stop() {
        set();
        try {
            boolean over = finished.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            if (over && succeeded) {
                System.out.flush();
                Runtime.getRuntime().halt(0);
            }
            Thread.sleep(LAST_WORDS.toMillis()); // the main thread is about to say why
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
