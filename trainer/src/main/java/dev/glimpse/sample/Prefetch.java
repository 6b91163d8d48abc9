package dev.glimpse.sample;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.LongFunction;

/**
 * Makes the values of the coming steps, in their order, on a thread of its own, at most {@code ahead} in advance. What the
 * thread throws, {@link #next} throws. One thread reads; {@link #close} ends the other.
 */
public final class Prefetch<T> implements AutoCloseable {
    private final BlockingQueue<CompletableFuture<T>> queue;
    private final Thread thread;

    /**
     * Starts.
     *
     * @param first the first step
     * @param make makes the value of a step
     */
    public Prefetch(String name, long first, int ahead, LongFunction<T> make) {
        queue = new ArrayBlockingQueue<>(ahead);
        thread = new Thread(() -> fill(first, make), name);
        thread.setDaemon(true);
        thread.start();
    }

    /** The value of the next step; waits for it. */
    public T next() {
        try {
            return queue.take().join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for " + thread.getName(), e);
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }

    private void fill(long first, LongFunction<T> make) {
        try {
            boolean failed = false;
            for (long step = first; !failed; step++) {
                CompletableFuture<T> value = new CompletableFuture<>();
                try {
                    value.complete(make.apply(step));
                } catch (RuntimeException | Error e) {
                    value.completeExceptionally(e);
                    failed = true;
                }
                queue.put(value);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // closed
        }
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
