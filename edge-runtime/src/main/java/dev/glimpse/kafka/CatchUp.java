package dev.glimpse.kafka;

import dev.glimpse.ledger.Ledger;
import dev.glimpse.ledger.Position;
import dev.glimpse.pipeline.Limits;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * After a stall nobody wants to read through yesterday's frames: a record older than the maximum age makes its partition
 * go on at the first record that somebody may still want, and all offsets in between get one outcome, a skipped range.
 * Used by the {@code kafka-io} thread only.
 */
final class CatchUp {
    private static final Logger log = LoggerFactory.getLogger(CatchUp.class);
    private static final Duration ANSWER = Duration.ofSeconds(1);
    private static final long ASK_AGAIN_NANOS = 1_000_000_000;

    private final Consumer<byte[], byte[]> consumer;
    private final Ledger<Settled> ledger;
    private final Limits limits;
    private final InstantSource clock;
    private final Map<TopicPartition, Long> askedAt = new HashMap<>();

    CatchUp(Consumer<byte[], byte[]> consumer, Ledger<Settled> ledger, Limits limits, InstantSource clock) {
        this.consumer = consumer;
        this.ledger = ledger;
        this.limits = limits;
        this.clock = clock;
    }

    /**
     * Passes a frame over if it is too old, and with it everything up to the first frame that is not older than the budget.
     *
     * @return true when this record needs no further look
     */
    boolean passesOver(ConsumerRecord<byte[], byte[]> record, Position position) {
        TopicPartition partition = Offsets.theirs(position.partition());
        OptionalLong beyond = ledger.beyond(position);
        if (beyond.isPresent()) {
            ledger.deliver(position);
            goOn(partition, beyond.getAsLong());
            return true;
        }
        if (!stale(record) || ledger.knows(position) || !mayAsk(partition)) {
            return false;
        }
        OptionalLong next = firstWanted(partition);
        if (next.isEmpty() || next.getAsLong() <= position.offset() + 1) {
            return false;
        }
        long last = next.getAsLong() - 1;
        if (!ledger.pass(position, last, new Settled.PassedOver(position, last))) {
            return false;
        }
        log.warn(
                "{} is behind by more than {} ms: passing over {} to {}",
                partition,
                limits.maxAgeMillis(),
                position.offset(),
                last);
        goOn(partition, next.getAsLong());
        return true;
    }

    private boolean stale(ConsumerRecord<byte[], byte[]> record) {
        return record.timestamp() >= 0 && clock.millis() - record.timestamp() > limits.maxAgeMillis();
    }

    /** Timestamps need not rise: when asking has not helped, it does not help for the next record either. */
    private boolean mayAsk(TopicPartition partition) {
        long now = System.nanoTime();
        Long before = askedAt.get(partition);
        if (before != null && now - before < ASK_AGAIN_NANOS) {
            return false;
        }
        askedAt.put(partition, now);
        return true;
    }

    /** The first record not older than the budget, or the end; empty when the broker does not say in time. */
    private OptionalLong firstWanted(TopicPartition partition) {
        try {
            long since = clock.millis() - limits.budgetMillis();
            OffsetAndTimestamp found =
                    consumer.offsetsForTimes(Map.of(partition, since), ANSWER).get(partition);
            Long end = found == null
                    ? consumer.endOffsets(Set.of(partition), ANSWER).get(partition)
                    : Long.valueOf(found.offset());
            return end == null ? OptionalLong.empty() : OptionalLong.of(end);
        } catch (KafkaException e) {
            log.warn("Kafka does not say where to go on in {}, reading through: {}", partition, Faults.story(e));
            return OptionalLong.empty();
        }
    }

    private void goOn(TopicPartition partition, long offset) {
        if (consumer.position(partition) < offset) {
            consumer.seek(partition, offset);
        }
    }
}
