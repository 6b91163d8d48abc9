package dev.glimpse.edge;

import dev.glimpse.engine.DeviceException;
import java.util.function.Consumer;

/** Looks at the engine once a second; a batch that does not come back cannot be interrupted, only the process can end. */
final class Watchdog implements AutoCloseable {
    private static final long LOOK_MILLIS = 1000;

    private final Health health;
    private final Consumer<Throwable> onStuck;
    private final Thread thread = new Thread(this::run, "watchdog");
    private volatile boolean closing;

    Watchdog(Health health, Consumer<Throwable> onStuck) {
        this.health = health;
        this.onStuck = onStuck;
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        try {
            while (!closing) {
                Thread.sleep(LOOK_MILLIS);
                if (health.engineStuck()) {
                    onStuck.accept(new DeviceException(
                            "a batch has been in the engine for more than " + Health.STUCK_MILLIS / 1000 + " s",
                            true,
                            false));
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closing = true;
        thread.interrupt();
    }
}
