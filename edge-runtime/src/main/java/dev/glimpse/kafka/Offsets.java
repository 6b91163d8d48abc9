package dev.glimpse.kafka;

import dev.glimpse.kafka.KafkaSettings.Start;
import dev.glimpse.ledger.Partition;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** Where reading starts. Used by the {@code kafka-io} thread only. */
final class Offsets {
    private final Consumer<byte[], byte[]> consumer;
    private final Start start;

    Offsets(Consumer<byte[], byte[]> consumer, Start start) {
        this.consumer = consumer;
        this.start = start;
    }

    /**
     * The committed offset of each partition. Where none is committed, the beginning or the end is committed first, so that
     * a restart before the first outcome begins at the same record.
     */
    Map<TopicPartition, Long> committedOrFirst(Collection<TopicPartition> partitions) {
        Map<TopicPartition, Long> offsets = committed(partitions);
        Set<TopicPartition> missing = new HashSet<>(partitions);
        missing.removeAll(offsets.keySet());
        if (!missing.isEmpty()) {
            Map<TopicPartition, Long> first =
                    start == Start.EARLIEST ? consumer.beginningOffsets(missing) : consumer.endOffsets(missing);
            consumer.commitSync(toCommit(first));
            offsets.putAll(first);
        }
        return offsets;
    }

    /** The committed offsets of those partitions that have one; waits for transactions that are being committed. */
    Map<TopicPartition, Long> committed(Collection<TopicPartition> partitions) {
        Map<TopicPartition, Long> offsets = new HashMap<>();
        consumer.committed(Set.copyOf(partitions)).forEach((partition, offset) -> {
            if (offset != null) {
                offsets.put(partition, offset.offset());
            }
        });
        return offsets;
    }

    static Map<TopicPartition, OffsetAndMetadata> toCommit(Map<TopicPartition, Long> offsets) {
        Map<TopicPartition, OffsetAndMetadata> commits = new HashMap<>();
        offsets.forEach((partition, offset) -> commits.put(partition, new OffsetAndMetadata(offset)));
        return commits;
    }

    static Partition ours(TopicPartition partition) {
        return new Partition(partition.topic(), partition.partition());
    }

    static TopicPartition theirs(Partition partition) {
        return new TopicPartition(partition.topic(), partition.number());
    }
}
