package dev.glimpse.kafka;

import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * An outcome as it goes out.
 *
 * @param records what is sent, in this order
 * @param whenCommitted tells account and observer
 */
record Written(List<ProducerRecord<byte[], byte[]>> records, Consumer<Observer> whenCommitted) {
    Written {
        records = List.copyOf(records);
    }

    /** One record. */
    static Written of(ProducerRecord<byte[], byte[]> record, Consumer<Observer> whenCommitted) {
        return new Written(List.of(record), whenCommitted);
    }
}
