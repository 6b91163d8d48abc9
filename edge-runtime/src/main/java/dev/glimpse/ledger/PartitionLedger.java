package dev.glimpse.ledger;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Delivered records of one partition in the order of their offsets, each with its outcome once it has one. Offsets have
 * gaps (transaction markers, aborted records), so records are tracked as they come and never counted.
 */
final class PartitionLedger<O> {
    private final Partition partition;
    private final int epoch;
    private final TreeMap<Long, Optional<O>> records = new TreeMap<>();
    private long committed;
    private long deliveredUpTo;
    private int finished;

    PartitionLedger(Partition partition, int epoch, long committed) {
        this.partition = partition;
        this.epoch = epoch;
        this.committed = committed;
        this.deliveredUpTo = committed;
    }

    int epoch() {
        return epoch;
    }

    int size() {
        return records.size();
    }

    int finished() {
        return finished;
    }

    /** The offset at which reading starts again after an abort. */
    long committed() {
        return committed;
    }

    /** True when the record is new here; false when it is committed, being worked on, or has its outcome already. */
    boolean deliver(long offset) {
        if (offset < committed) {
            return false;
        }
        deliveredUpTo = Math.max(deliveredUpTo, offset + 1);
        return records.putIfAbsent(offset, Optional.empty()) == null;
    }

    /** False when the record is not waiting for an outcome. */
    boolean finish(long offset, O outcome) {
        if (!records.replace(offset, Optional.empty(), Optional.of(outcome))) {
            return false;
        }
        finished++;
        return true;
    }

    /** Outcomes from the beginning up to the first record that has none, at most {@code limit}. */
    Optional<Prefix<O>> prefix(int limit) {
        List<O> outcomes = new ArrayList<>();
        long next = committed;
        for (Map.Entry<Long, Optional<O>> record : records.entrySet()) {
            if (record.getValue().isEmpty() || record.getKey() >= deliveredUpTo || outcomes.size() == limit) {
                break;
            }
            outcomes.add(record.getValue().get());
            next = record.getKey() + 1;
        }
        return outcomes.isEmpty() ? Optional.empty() : Optional.of(new Prefix<>(partition, next, outcomes));
    }

    /** Forgets what lies before {@code next}; returns the outcomes among it. */
    List<O> committed(long next) {
        Map<Long, Optional<O>> past = records.headMap(next);
        List<O> outcomes = past.values().stream().flatMap(Optional::stream).toList();
        finished -= outcomes.size();
        past.clear();
        committed = Math.max(committed, next);
        deliveredUpTo = Math.max(deliveredUpTo, committed);
        return outcomes;
    }

    /** From now on only records delivered again count; outcomes are kept, so that no work is done twice. */
    void rewind() {
        deliveredUpTo = committed;
    }
}
