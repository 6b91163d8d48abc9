package dev.glimpse.kafka;

import dev.glimpse.account.Account;
import dev.glimpse.ledger.Ledger;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Partitions come and go. One that comes gets its place (and a new epoch) before any of its records is taken; one that goes
 * in order is worked off for half a second, its finished prefix is committed, and what comes later is dropped; one that was
 * lost is dropped as it stands. Called by the consumer on the {@code kafka-io} thread.
 */
final class Rebalance implements ConsumerRebalanceListener {
    private static final Logger log = LoggerFactory.getLogger(Rebalance.class);
    private static final long HAND_OVER_NANOS = 500_000_000;

    private final Consumer<byte[], byte[]> consumer;
    private final Offsets offsets;
    private final Ledger<Settled> ledger;
    private final Desk desk;
    private final Commits commits;
    private final Account account;
    private final StandingQuestions standing;
    private final Set<TopicPartition> unplaced = new HashSet<>();
    private boolean joined;

    Rebalance(
            Consumer<byte[], byte[]> consumer,
            Offsets offsets,
            Ledger<Settled> ledger,
            Desk desk,
            Commits commits,
            Account account,
            StandingQuestions standing) {
        this.consumer = consumer;
        this.offsets = offsets;
        this.ledger = ledger;
        this.desk = desk;
        this.commits = commits;
        this.account = account;
        this.standing = standing;
    }

    /** True once the group has assigned partitions, if only none. */
    boolean joined() {
        return joined;
    }

    /** False while it is not known where some partition begins. */
    boolean placed() {
        return unplaced.isEmpty();
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
        unplaced.addAll(partitions);
        standing.announceAgain();
        try {
            place();
        } catch (RetriableException e) {
            log.warn("Kafka does not say where to begin, asking again: {}", Faults.story(e));
        }
        joined = true;
        log.info("Reading {}", consumer.assignment());
    }

    /** Records of a partition that has no place yet are passed over; it is read from its place on once that is known. */
    void place() {
        if (!unplaced.isEmpty()) {
            offsets.committedOrFirst(unplaced).forEach((partition, offset) -> {
                ledger.assign(Offsets.ours(partition), offset);
                consumer.seek(partition, offset);
            });
            unplaced.clear();
        }
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
        if (partitions.isEmpty()) {
            return;
        }
        log.info("Handing over {}", partitions);
        withdraw(partitions);
        long end = System.nanoTime() + HAND_OVER_NANOS;
        desk.absorb();
        while (System.nanoTime() < end && partitions.stream().anyMatch(desk::worksOn)) {
            sleepAMoment();
            desk.absorb();
        }
        commits.commitAll();
        partitions.forEach(this::release);
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
        log.warn("Lost {}", partitions);
        withdraw(partitions);
        desk.absorb();
        partitions.forEach(this::release);
    }

    private void withdraw(Collection<TopicPartition> partitions) {
        unplaced.removeAll(Set.copyOf(partitions));
        desk.withdraw(partitions);
    }

    private void release(TopicPartition partition) {
        ledger.release(Offsets.ours(partition))
                .forEach(settled -> settled.camera().ifPresent(account::handedOver));
    }

    private static void sleepAMoment() {
        try {
            Thread.sleep(5);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
