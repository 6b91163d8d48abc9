package dev.glimpse.ledger;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Delivered records in, finished prefixes out, for all partitions that this consumer owns. Each delivered record gets
 * exactly one outcome; a partition's outcomes leave in the order of its offsets; nothing leaves twice unless the
 * transaction that carried it was aborted. Used by one thread.
 *
 * @param <O> outcome
 */
public final class Ledger<O> {
    private final Map<Partition, PartitionLedger<O>> partitions = new HashMap<>();
    private final Predicate<O> light;
    private int epochs;

    /** @param light outcomes that take next to no memory */
    public Ledger(Predicate<O> light) {
        this.light = light;
    }

    /**
     * Takes a partition over.
     *
     * @param committed offset of the first record that has no committed outcome
     * @return the partition's epoch, to be handed back with each outcome
     */
    public int assign(Partition partition, long committed) {
        int epoch = ++epochs;
        partitions.put(partition, new PartitionLedger<>(partition, epoch, committed, light));
        return epoch;
    }

    /** Epoch of an owned partition; empty when it is not owned. */
    public OptionalInt epoch(Partition partition) {
        PartitionLedger<O> ledger = partitions.get(partition);
        return ledger == null ? OptionalInt.empty() : OptionalInt.of(ledger.epoch());
    }

    public Set<Partition> owned() {
        return Set.copyOf(partitions.keySet());
    }

    /**
     * Notes a record that the consumer returned.
     *
     * @return true when it needs an outcome; false when it has one, is being worked on, is committed, or is not ours
     */
    public boolean deliver(Position position) {
        PartitionLedger<O> ledger = partitions.get(position.partition());
        return ledger != null && ledger.deliver(position.offset());
    }

    /** True when the record has an outcome, is being worked on, is committed, or is not ours. */
    public boolean knows(Position position) {
        PartitionLedger<O> ledger = partitions.get(position.partition());
        return ledger == null || ledger.knows(position.offset());
    }

    /**
     * Enters one outcome for a stretch of records that are not read: every offset from first to last.
     *
     * @param last last offset, included
     * @return false when one of them is known already or the partition is not ours; nothing is entered then
     */
    public boolean pass(Position first, long last, O outcome) {
        PartitionLedger<O> ledger = partitions.get(first.partition());
        return ledger != null && ledger.pass(first.offset(), last, outcome);
    }

    /** The offset after the stretch passed over that this record lies in; empty when it lies in none. */
    public OptionalLong beyond(Position position) {
        PartitionLedger<O> ledger = partitions.get(position.partition());
        return ledger == null ? OptionalLong.empty() : ledger.beyond(position.offset());
    }

    /**
     * Notes what became of a record.
     *
     * @param epoch what {@link #assign} returned when the record was delivered
     * @return false when the outcome comes too late (the partition went away meanwhile) or a second time; it is dropped
     */
    public boolean finish(Position position, int epoch, O outcome) {
        PartitionLedger<O> ledger = partitions.get(position.partition());
        return ledger != null && ledger.epoch() == epoch && ledger.finish(position.offset(), outcome);
    }

    /** The finished prefix of each partition, together at most {@code limit} outcomes. */
    public List<Prefix<O>> prefixes(int limit) {
        List<Prefix<O>> prefixes = new ArrayList<>();
        int left = limit;
        for (PartitionLedger<O> ledger : partitions.values()) {
            if (left == 0) {
                break;
            }
            Optional<Prefix<O>> prefix = ledger.prefix(left);
            if (prefix.isPresent()) {
                prefixes.add(prefix.get());
                left -= prefix.get().outcomes().size();
            }
        }
        return prefixes;
    }

    /**
     * Forgets records before {@code next}: their outcomes are committed.
     *
     * @return the outcomes that this settled
     */
    public List<O> committed(Partition partition, long next) {
        PartitionLedger<O> ledger = partitions.get(partition);
        return ledger == null ? List.of() : ledger.committed(next);
    }

    /**
     * Prepares for reading again after an abort; outcomes are kept and wait for their record to be delivered again.
     *
     * @return offset to seek to; empty when the partition is not owned
     */
    public Optional<Long> rewind(Partition partition) {
        PartitionLedger<O> ledger = partitions.get(partition);
        if (ledger == null) {
            return Optional.empty();
        }
        ledger.rewind();
        return Optional.of(ledger.committed());
    }

    /** Partitions of which records must be delivered again before their outcomes can leave: reading these must not pause. */
    public List<Partition> rewound() {
        return partitions.entrySet().stream()
                .filter(entry -> entry.getValue().rewound())
                .map(Map.Entry::getKey)
                .toList();
    }

    /**
     * Gives a partition up: what is not committed is another's to do, and what is still being worked on will be refused by
     * {@link #finish}.
     *
     * @return the outcomes that were waiting for commit and are dropped
     */
    public List<O> release(Partition partition) {
        PartitionLedger<O> ledger = partitions.remove(partition);
        return ledger == null ? List.of() : ledger.committed(Long.MAX_VALUE);
    }

    /** Records delivered and not committed. */
    public int size() {
        return partitions.values().stream().mapToInt(PartitionLedger::size).sum();
    }

    /** Records delivered and not committed, but for those with a light outcome. */
    public int heavy() {
        return partitions.values().stream().mapToInt(PartitionLedger::heavy).sum();
    }

    /** Records that have an outcome and wait for commit. */
    public int finished() {
        return partitions.values().stream().mapToInt(PartitionLedger::finished).sum();
    }

    /** Records of one partition that have no outcome yet. */
    public int unfinished(Partition partition) {
        PartitionLedger<O> ledger = partitions.get(partition);
        return ledger == null ? 0 : ledger.size() - ledger.finished();
    }
}
