package dev.glimpse.kafka;

import dev.glimpse.error.UserError;
import dev.glimpse.ledger.Ledger;
import dev.glimpse.ledger.Partition;
import dev.glimpse.ledger.Prefix;
import dev.glimpse.pipeline.Stage;
import dev.glimpse.pipeline.Stopwatch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The finished prefix of every partition in, one transaction out; and, when that fails, everything back in order: the
 * transaction aborted or the producer replaced, the consumer sent back to what is committed, and no work done twice. Used
 * by the {@code kafka-io} thread only.
 */
final class Commits {
    private static final Logger log = LoggerFactory.getLogger(Commits.class);
    private static final long COMMIT_NANOS = 100_000_000;
    private static final int COMMIT_RECORDS = 64;
    private static final int COMMIT_AT_MOST = 512;

    private final String bootstrap;
    private final Consumer<byte[], byte[]> consumer;
    private final Outbox outbox;
    private final Offsets offsets;
    private final Ledger<Settled> ledger;
    private final Scribe scribe;
    private final Bulletin bulletin;
    private final Observer observer;
    private final Stopwatch stopwatch;
    private boolean rewind;
    private long committedAt;

    Commits(
            String bootstrap,
            Consumer<byte[], byte[]> consumer,
            Outbox outbox,
            Offsets offsets,
            Ledger<Settled> ledger,
            Scribe scribe,
            Bulletin bulletin,
            Observer observer,
            Stopwatch stopwatch) {
        this.bootstrap = bootstrap;
        this.consumer = consumer;
        this.outbox = outbox;
        this.offsets = offsets;
        this.ledger = ledger;
        this.scribe = scribe;
        this.bulletin = bulletin;
        this.observer = observer;
        this.stopwatch = stopwatch;
    }

    /** True while the producer can be used and the consumer stands where it should. */
    boolean able() {
        return outbox.prepared() && !rewind;
    }

    /** Every 100 ms or 64 outcomes, and only if there is something to write. */
    void commitWhenDue() {
        int finished = ledger.finished();
        boolean something = finished > 0 || bulletin.waiting();
        if (able() && something && (finished >= COMMIT_RECORDS || System.nanoTime() - committedAt >= COMMIT_NANOS)) {
            commit();
        }
    }

    /** Commits until nothing finished is left, or it fails. */
    void commitAll() {
        for (int before = -1; ledger.finished() != before && able(); ) {
            before = ledger.finished();
            commit();
        }
    }

    private void commit() {
        List<Prefix<Settled>> prefixes = ledger.prefixes(COMMIT_AT_MOST);
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>(bulletin.records());
        int notices = records.size();
        if (prefixes.isEmpty() && notices == 0) {
            return;
        }
        long started = System.nanoTime();
        List<Written> written = new ArrayList<>();
        Map<TopicPartition, OffsetAndMetadata> next = new HashMap<>();
        for (Prefix<Settled> prefix : prefixes) {
            prefix.outcomes().forEach(settled -> written.add(scribe.write(settled)));
            next.put(Offsets.theirs(prefix.partition()), new OffsetAndMetadata(prefix.next()));
        }
        written.forEach(each -> records.addAll(each.records()));
        try {
            outbox.deliver(records, next, consumer);
        } catch (KafkaException | IllegalStateException e) {
            recover(e);
            return;
        }
        bulletin.sent(notices);
        prefixes.forEach(prefix -> ledger.committed(prefix.partition(), prefix.next()));
        written.forEach(each -> each.whenCommitted().accept(observer));
        committedAt = System.nanoTime();
        stopwatch.took(Stage.COMMIT, committedAt - started);
    }

    // ---- when it goes wrong

    /** @throws UserError when only a person can help */
    void recover(RuntimeException error) {
        Faults.Fault fault = Faults.of(error);
        if (fault == Faults.Fault.FATAL) {
            throw new UserError("writing to " + bootstrap + " failed: " + Faults.story(error), error);
        }
        log.warn("A commit failed ({}), doing it again: {}", fault, Faults.story(error));
        rewind = true;
        if (fault == Faults.Fault.ABORT) {
            try {
                outbox.abort();
                return;
            } catch (KafkaException | IllegalStateException e) {
                log.warn("The transaction cannot be aborted, taking a new producer: {}", Faults.story(e));
            }
        }
        outbox.replace();
    }

    /** Makes a new producer ready, which ends what its predecessor left open. */
    void prepareProducer() {
        outbox.prepare();
    }

    /** Reads again from what is committed: the broker knows whether a commit without an answer went through. */
    void rewindIfNeeded() {
        if (!rewind) {
            return;
        }
        Map<TopicPartition, Long> committed = offsets.committed(consumer.assignment());
        for (Partition partition : ledger.owned()) {
            Long offset = committed.get(Offsets.theirs(partition));
            if (offset != null) {
                ledger.committed(partition, offset)
                        .forEach(
                                settled -> scribe.write(settled).whenCommitted().accept(observer));
            }
            ledger.rewind(partition).ifPresent(from -> consumer.seek(Offsets.theirs(partition), from));
        }
        rewind = false;
    }
}
