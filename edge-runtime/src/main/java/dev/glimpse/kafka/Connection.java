package dev.glimpse.kafka;

import org.apache.kafka.clients.consumer.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the consumer has a connection to any broker: the clients try again for ever without a word that a person would
 * read. Used by the {@code kafka-io} thread only.
 */
final class Connection {
    private static final Logger log = LoggerFactory.getLogger(Connection.class);
    private static final long LOOK_NANOS = 1_000_000_000;
    private static final long LOST_NANOS = 3_000_000_000L;

    private final Consumer<byte[], byte[]> consumer;
    private final String bootstrap;
    private long lookedAt;
    private long lastSeenAt = System.nanoTime();
    private boolean lost;

    Connection(Consumer<byte[], byte[]> consumer, String bootstrap) {
        this.consumer = consumer;
        this.bootstrap = bootstrap;
    }

    /** Looks once a second; true when there has been no connection for three. Says so once, and once when it is back. */
    boolean lost() {
        long now = System.nanoTime();
        if (now - lookedAt < LOOK_NANOS) {
            return lost;
        }
        lookedAt = now;
        if (count() > 0) {
            lastSeenAt = now;
        }
        boolean lostNow = now - lastSeenAt > LOST_NANOS;
        if (lostNow && !lost) {
            log.warn("No connection to any broker of {}, trying again", bootstrap);
        } else if (lost && !lostNow) {
            log.info("Connected to {} again", bootstrap);
        }
        lost = lostNow;
        return lost;
    }

    private double count() {
        return consumer.metrics().entrySet().stream()
                .filter(entry -> entry.getKey().name().equals("connection-count")
                        && entry.getKey().group().equals("consumer-metrics"))
                .map(entry -> entry.getValue().metricValue())
                .filter(Double.class::isInstance)
                .mapToDouble(Double.class::cast)
                .max()
                .orElse(1);
    }
}
