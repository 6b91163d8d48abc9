package dev.glimpse.kafka;

import dev.glimpse.wire.ControlEvent;
import dev.glimpse.wire.Topics;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * What happens in a runtime in, records of the control topic out, with the next commit. When nobody can write for long, the
 * oldest news goes.
 *
 * <p>Thread-safe.
 */
public final class Bulletin {
    private static final int MOST = 256;

    private final Topics topics;
    private final String runtime;
    private final InstantSource clock;
    private final Deque<ControlEvent> waiting = new ArrayDeque<>();

    /** @param runtime name of the runtime, such as {@code edge-0} */
    public Bulletin(Topics topics, String runtime, InstantSource clock) {
        this.topics = topics;
        this.runtime = runtime;
        this.clock = clock;
    }

    /**
     * Tells everybody.
     *
     * @param model digest of the bundle in question
     * @param bundle its name
     * @param degraded level of the ladder at this moment
     */
    public synchronized void post(
            ControlEvent.Kind kind, Optional<String> model, Optional<String> bundle, int degraded, String message) {
        if (waiting.size() == MOST) {
            waiting.removeFirst();
        }
        waiting.add(new ControlEvent(runtime, kind, model, bundle, degraded, message, clock.instant()));
    }

    synchronized boolean waiting() {
        return !waiting.isEmpty();
    }

    /** What waits, oldest first. */
    synchronized List<ProducerRecord<byte[], byte[]>> records() {
        return waiting.stream().map(event -> event.toRecord(topics)).toList();
    }

    /** What waits, for people. */
    @Override
    public synchronized String toString() {
        return waiting.toString();
    }

    /** The oldest so many are committed. */
    synchronized void sent(int count) {
        for (int i = 0; i < count && !waiting.isEmpty(); i++) {
            waiting.removeFirst();
        }
    }
}
