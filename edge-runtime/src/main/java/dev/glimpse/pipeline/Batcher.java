package dev.glimpse.pipeline;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Queue;

/**
 * What waits for the engine: decoded pictures and questions. The engine takes everything that waits, up to a full batch,
 * and never waits for more: batches grow with the load by themselves. Decode workers are held back while a full batch
 * waits, so that frames queue where the newest wins.
 *
 * <p>Thread-safe.
 */
final class Batcher {
    private final Limits limits;
    private final Deque<Decoded> pictures = new ArrayDeque<>();
    private final Queue<Asked> questions = new ArrayDeque<>();
    private long bytes;
    private boolean closed;

    Batcher(Limits limits) {
        this.limits = limits;
    }

    /**
     * What the engine does next.
     *
     * @param last nothing more will come
     */
    record Work(List<Decoded> pictures, List<Asked> questions, boolean last) {}

    /** Adds a picture; waits while a full batch or too many pixels wait. */
    synchronized void put(Decoded picture) throws InterruptedException {
        while (!pictures.isEmpty()
                && (pictures.size() >= limits.batch() || bytes + picture.bytes() > limits.decodedKilobytes() * 1024L)) {
            wait();
        }
        pictures.add(picture);
        bytes += picture.bytes();
        notifyAll();
    }

    /** Adds a question; false when too many wait or none is taken any more. */
    synchronized boolean ask(Asked question) {
        if (closed || questions.size() >= limits.questions()) {
            return false;
        }
        questions.add(question);
        notifyAll();
        return true;
    }

    /** Takes everything that waits, up to a full batch; waits at most {@code millis} for something to come. */
    synchronized Work take(long millis) throws InterruptedException {
        long end = System.nanoTime() + millis * 1_000_000;
        while (pictures.isEmpty() && questions.isEmpty() && !closed) {
            long left = (end - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                break;
            }
            wait(left);
        }
        List<Decoded> batch = List.copyOf(pictures);
        List<Asked> asked = new ArrayList<>(questions);
        pictures.clear();
        questions.clear();
        bytes = 0;
        notifyAll();
        return new Work(batch, asked, closed);
    }

    synchronized int waiting() {
        return pictures.size();
    }

    /** Nothing more will be put. */
    synchronized void close() {
        closed = true;
        notifyAll();
    }
}
