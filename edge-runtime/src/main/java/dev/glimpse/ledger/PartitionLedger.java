package dev.glimpse.ledger;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Delivered records of one partition in the order of their offsets, each with its outcome once it has one. Offsets have
 * gaps (transaction markers, aborted records), so records are tracked as they come and never counted.
 */
final class PartitionLedger<O> {
    private final Partition partition;
    private final int epoch;
    private final TreeMap<Long, Entry<O>> records = new TreeMap<>();
    private long committed;
    private long deliveredUpTo;
    private final Predicate<O> light;
    private int finished;
    private int lights;

    /**
     * One record, or a stretch of records passed over.
     *
     * @param last its last offset, included; for a record its own
     * @param outcome empty while it is worked on
     */
    private record Entry<O>(long last, Optional<O> outcome) {}

    PartitionLedger(Partition partition, int epoch, long committed, Predicate<O> light) {
        this.partition = partition;
        this.epoch = epoch;
        this.committed = committed;
        this.deliveredUpTo = committed;
        this.light = light;
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

    /** Records but those with a light outcome. */
    int heavy() {
        return records.size() - lights;
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
        return !knows(offset) && records.put(offset, new Entry<>(offset, Optional.empty())) == null;
    }

    /** True when an entry stands for this offset or it is committed. */
    boolean knows(long offset) {
        Map.Entry<Long, Entry<O>> floor = records.floorEntry(offset);
        return offset < committed || (floor != null && floor.getValue().last() >= offset);
    }

    /** Enters one outcome for all offsets from first to last; false when one of them is known already. */
    boolean pass(long first, long last, O outcome) {
        Long next = records.ceilingKey(first);
        if (knows(first) || (next != null && next <= last)) {
            return false;
        }
        records.put(first, new Entry<>(last, Optional.of(outcome)));
        deliveredUpTo = Math.max(deliveredUpTo, last + 1);
        count(outcome);
        return true;
    }

    /** The offset after the stretch that this offset lies in; empty when it lies in none. */
    OptionalLong beyond(long offset) {
        Map.Entry<Long, Entry<O>> floor = records.floorEntry(offset);
        return floor != null
                        && floor.getValue().last() > floor.getKey()
                        && floor.getValue().last() >= offset
                ? OptionalLong.of(floor.getValue().last() + 1)
                : OptionalLong.empty();
    }

    /** False when the record is not waiting for an outcome. */
    boolean finish(long offset, O outcome) {
        Entry<O> entry = records.get(offset);
        if (entry == null || entry.outcome().isPresent()) {
            return false;
        }
        records.put(offset, new Entry<>(offset, Optional.of(outcome)));
        count(outcome);
        return true;
    }

    private void count(O outcome) {
        finished++;
        lights += light.test(outcome) ? 1 : 0;
    }

    /** Outcomes from the beginning up to the first record that has none, at most {@code limit}. */
    Optional<Prefix<O>> prefix(int limit) {
        List<O> outcomes = new ArrayList<>();
        long next = committed;
        for (Map.Entry<Long, Entry<O>> record : records.entrySet()) {
            Entry<O> entry = record.getValue();
            if (entry.outcome().isEmpty() || record.getKey() >= deliveredUpTo || outcomes.size() == limit) {
                break;
            }
            outcomes.add(entry.outcome().get());
            next = entry.last() + 1;
        }
        return outcomes.isEmpty() ? Optional.empty() : Optional.of(new Prefix<>(partition, next, outcomes));
    }

    /** Forgets what lies before {@code next}; returns the outcomes among it. */
    List<O> committed(long next) {
        Map<Long, Entry<O>> past = records.headMap(next);
        List<O> outcomes = past.values().stream()
                .flatMap(entry -> entry.outcome().stream())
                .toList();
        finished -= outcomes.size();
        lights -= (int) outcomes.stream().filter(light).count();
        past.clear();
        committed = Math.max(committed, next);
        deliveredUpTo = Math.max(deliveredUpTo, committed);
        return outcomes;
    }

    /** True while outcomes wait for their records to be delivered again. */
    boolean rewound() {
        return !records.isEmpty() && records.lastKey() >= deliveredUpTo;
    }

    /** From now on only records delivered again count; outcomes are kept, so that no work is done twice. */
    void rewind() {
        deliveredUpTo = committed;
    }
}
