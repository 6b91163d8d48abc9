/**
 * The account of one consumer: which records of each partition were delivered, what became of them, and how far each
 * partition is finished. Pure bookkeeping of one thread; knows no Kafka class, no clock and no lock.
 */
@NullMarked
package dev.glimpse.ledger;

import org.jspecify.annotations.NullMarked;
