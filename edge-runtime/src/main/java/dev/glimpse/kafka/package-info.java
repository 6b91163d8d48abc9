/**
 * Kafka around the pipeline: frames and questions in, exactly one outcome each out, with the offsets in the same
 * transaction. One thread, {@code kafka-io}, owns consumer, producer and ledger; nothing else touches them.
 */
@NullMarked
package dev.glimpse.kafka;

import org.jspecify.annotations.NullMarked;
