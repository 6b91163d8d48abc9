package dev.glimpse.demo;

import dev.glimpse.wire.Position;
import dev.glimpse.wire.SkippedEvent;
import java.util.BitSet;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The law that every frame has exactly one outcome, held by offset: which frames were sent, and what came back for each.
 * Outcomes of frames that others sent to the same topic are kept apart and not counted. Thread-safe.
 */
final class FrameLedger {
    private final Map<Integer, Partition> partitions = new TreeMap<>();

    /**
     * What has been counted so far.
     *
     * @param sent frames that the broker has
     * @param captions frames with a caption; likewise skipped and rejected
     * @param missing frames without an outcome
     * @param doubled frames with more than one outcome
     * @param firstMissing place of one without, if there is one
     */
    record Counts(
            long sent,
            long captions,
            long skipped,
            long rejected,
            long missing,
            long doubled,
            Optional<String> firstMissing) {
        boolean balanced() {
            return missing == 0 && doubled == 0 && sent == captions + skipped + rejected;
        }
    }

    /** One bit per offset. */
    private static final class Partition {
        final BitSet sent = new BitSet();
        final BitSet captioned = new BitSet();
        final BitSet skipped = new BitSet();
        final BitSet rejected = new BitSet();
        final BitSet doubled = new BitSet();

        void settle(BitSet outcome, int offset) {
            if (captioned.get(offset) || skipped.get(offset) || rejected.get(offset)) {
                doubled.set(offset);
            }
            outcome.set(offset);
        }
    }

    synchronized void sent(int partition, long offset) {
        partition(partition).sent.set(Math.toIntExact(offset));
    }

    synchronized void captioned(Position input) {
        Partition partition = partition(input.partition());
        partition.settle(partition.captioned, Math.toIntExact(input.offset()));
    }

    synchronized void rejected(Position input) {
        Partition partition = partition(input.partition());
        partition.settle(partition.rejected, Math.toIntExact(input.offset()));
    }

    synchronized void skipped(SkippedEvent.Range range) {
        Partition partition = partition(range.partition());
        for (int offset = Math.toIntExact(range.first()); offset <= range.last(); offset++) {
            partition.settle(partition.skipped, offset);
        }
    }

    synchronized Counts counts() {
        long[] sums = new long[6];
        Optional<String> firstMissing = Optional.empty();
        for (Map.Entry<Integer, Partition> entry : partitions.entrySet()) {
            Partition partition = entry.getValue();
            BitSet missing = (BitSet) partition.sent.clone();
            missing.andNot(partition.captioned);
            missing.andNot(partition.skipped);
            missing.andNot(partition.rejected);
            sums[0] += partition.sent.cardinality();
            sums[1] += both(partition.sent, partition.captioned);
            sums[2] += both(partition.sent, partition.skipped);
            sums[3] += both(partition.sent, partition.rejected);
            sums[4] += missing.cardinality();
            sums[5] += both(partition.sent, partition.doubled);
            if (firstMissing.isEmpty() && !missing.isEmpty()) {
                firstMissing = Optional.of("partition " + entry.getKey() + ", offset " + missing.nextSetBit(0));
            }
        }
        return new Counts(sums[0], sums[1], sums[2], sums[3], sums[4], sums[5], firstMissing);
    }

    private Partition partition(int number) {
        return partitions.computeIfAbsent(number, n -> new Partition());
    }

    private static int both(BitSet one, BitSet other) {
        BitSet both = (BitSet) one.clone();
        both.and(other);
        return both.cardinality();
    }
}
