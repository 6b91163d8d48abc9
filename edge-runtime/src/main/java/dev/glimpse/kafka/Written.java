package dev.glimpse.kafka;

import java.util.function.Consumer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * An outcome as it goes out.
 *
 * @param record what is sent
 * @param whenCommitted tells account and observer
 */
record Written(ProducerRecord<byte[], byte[]> record, Consumer<Observer> whenCommitted) {}
