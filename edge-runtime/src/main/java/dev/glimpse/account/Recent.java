package dev.glimpse.account;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/** Rate and latency over the last seconds. Not thread-safe. */
final class Recent {
    private final long windowNanos;
    private final int capacity;
    private final Deque<Event> events = new ArrayDeque<>();

    /** @param capacity events kept at most; a higher rate shortens the window */
    Recent(Duration window, int capacity) {
        this.windowNanos = window.toNanos();
        this.capacity = capacity;
    }

    private record Event(long nanos, double millis) {}

    void add(long now, double millis) {
        events.add(new Event(now, millis));
        if (events.size() > capacity) {
            events.remove();
        }
    }

    double perSecond(long now) {
        expire(now);
        Event first = events.peek();
        if (first == null) {
            return 0;
        }
        long span = events.size() == capacity ? now - first.nanos() : windowNanos;
        return events.size() * 1e9 / span;
    }

    Tally.Latency latency(long now) {
        expire(now);
        double[] sorted = events.stream().mapToDouble(Event::millis).sorted().toArray();
        return new Tally.Latency(quantile(sorted, .5), quantile(sorted, .9), quantile(sorted, .99));
    }

    /** The smallest value that at least {@code q} of the sorted values do not exceed; 0 without values. */
    static double quantile(double[] sorted, double q) {
        return sorted.length == 0 ? 0 : sorted[(int) Math.max(0, Math.ceil(q * sorted.length) - 1)];
    }

    private void expire(long now) {
        for (Event first = events.peek(); first != null && now - first.nanos() > windowNanos; first = events.peek()) {
            events.remove();
        }
    }
}
