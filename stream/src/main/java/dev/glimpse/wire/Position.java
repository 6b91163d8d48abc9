package dev.glimpse.wire;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Where a record stands in Kafka. */
public record Position(String topic, int partition, long offset) {
    public static Position of(ConsumerRecord<?, ?> record) {
        return new Position(record.topic(), record.partition(), record.offset());
    }

    /** {@code topic/partition/offset}. */
    @Override
    public String toString() {
        return topic + "/" + partition + "/" + offset;
    }
}
