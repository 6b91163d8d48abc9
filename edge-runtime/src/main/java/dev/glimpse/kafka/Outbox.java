package dev.glimpse.kafka;

import dev.glimpse.kafka.KafkaSettings.Delivery;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * Writes outcomes together with the offsets they stand for: in one transaction, or, at least once, offsets after outcomes.
 * Used by the {@code kafka-io} thread only. Every method may throw what the Kafka clients throw.
 */
final class Outbox {
    private static final int TRIES = 3;

    private final Supplier<Producer<byte[], byte[]>> producers;
    private final boolean transactional;
    private Producer<byte[], byte[]> producer;
    private boolean prepared;

    Outbox(Supplier<Producer<byte[], byte[]>> producers, Delivery delivery) {
        this.producers = producers;
        this.transactional = delivery == Delivery.EXACTLY_ONCE;
        this.producer = producers.get();
    }

    /** Ends what a predecessor of the same name left open. To be called, and called again after a timeout, before all else. */
    void prepare() {
        if (!prepared) {
            if (transactional) {
                producer.initTransactions();
            }
            prepared = true;
        }
    }

    boolean prepared() {
        return prepared;
    }

    /** Writes all records and offsets, or none that a committed reader would see. */
    void deliver(
            List<ProducerRecord<byte[], byte[]>> records,
            Map<TopicPartition, OffsetAndMetadata> offsets,
            Consumer<byte[], byte[]> consumer) {
        if (transactional) {
            producer.beginTransaction();
            records.forEach(producer::send);
            if (!offsets.isEmpty()) {
                again(() -> producer.sendOffsetsToTransaction(offsets, consumer.groupMetadata()));
            }
            again(producer::commitTransaction);
        } else {
            send(records);
            if (!offsets.isEmpty()) {
                consumer.commitSync(offsets);
            }
        }
    }

    private void send(List<ProducerRecord<byte[], byte[]>> records) {
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        records.forEach(record -> sent.add(producer.send(record)));
        producer.flush();
        for (Future<RecordMetadata> future : sent) {
            try {
                future.get();
            } catch (ExecutionException e) {
                throw new KafkaException("an outcome could not be written", e.getCause());
            } catch (InterruptedException e) {
                throw new org.apache.kafka.common.errors.InterruptException(e);
            }
        }
    }

    /** Makes what the present transaction has written invisible for good. */
    void abort() {
        if (transactional) {
            again(producer::abortTransaction);
        }
    }

    /** Gives the producer up and takes a new one, which has to be prepared. */
    void replace() {
        close(Duration.ZERO);
        producer = producers.get();
        prepared = false;
    }

    void close(Duration timeout) {
        producer.close(timeout);
    }

    /** A transactional call that timed out must be made again, and no other. */
    private static void again(Runnable call) {
        for (int i = 1; ; i++) {
            try {
                call.run();
                return;
            } catch (TimeoutException e) {
                if (i == TRIES) {
                    throw e;
                }
            }
        }
    }
}
