package dev.glimpse.sample;

import dev.glimpse.run.Training;
import dev.glimpse.seed.Shuffle;

/**
 * The batches of a training's steps, made in advance on a thread of their own, each a function of samples and step alone: a
 * resumed training sees those of an unbroken one. One thread reads; {@link #close} ends the other.
 */
public final class Batches<T> implements AutoCloseable {
    private static final int AHEAD = 3;

    private final Training training;
    private final Prefetch<Batch<T>> prefetch;

    /** Makes a batch; on the other thread. */
    @FunctionalInterface
    public interface Maker<T> {
        /**
         * Makes it.
         *
         * @param samples indexes of its samples
         * @param step number of the step that it is for
         */
        T make(int[] samples, long step);
    }

    @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
    private record Batch<T>(int[] samples, T value) {}

    /**
     * Begins with the batch of the step after those that earlier sessions did.
     *
     * @param order of the samples; read by the other thread only
     */
    public Batches(String name, Training training, Shuffle order, Maker<T> maker) {
        this.training = training;
        int size = training.settings().batch();
        this.prefetch = new Prefetch<>(name + "-batches", training.resumedAt() + 1, AHEAD, step -> {
            int[] samples = order.batch(step, size);
            return new Batch<>(samples, maker.make(samples, step));
        });
    }

    /** The batch of the step under way, once per step; waits for it. What making it threw is thrown here. */
    public T next() {
        long start = System.nanoTime();
        Batch<T> batch = prefetch.next();
        training.samples(batch.samples(), System.nanoTime() - start);
        return batch.value();
    }

    @Override
    public void close() {
        prefetch.close();
    }
}
