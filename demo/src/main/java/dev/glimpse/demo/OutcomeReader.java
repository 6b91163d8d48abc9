package dev.glimpse.demo;

import dev.glimpse.client.KafkaClients;
import dev.glimpse.wire.CaptionEvent;
import dev.glimpse.wire.RejectedEvent;
import dev.glimpse.wire.SkippedEvent;
import dev.glimpse.wire.Topics;
import dev.glimpse.wire.WireException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Reads every committed outcome on a thread of its own, as any other client would, and enters it in the ledger. */
final class OutcomeReader implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(100);

    private final Topics topics;
    private final FrameLedger ledger;
    private final Consumer<CaptionEvent> onCaption;
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private final Thread thread;
    private volatile boolean closing;

    /** Starts to read at the beginning of the topics. {@code onCaption} is called on the reader's thread. */
    OutcomeReader(KafkaClients clients, Topics topics, FrameLedger ledger, Consumer<CaptionEvent> onCaption) {
        this.topics = topics;
        this.ledger = ledger;
        this.onCaption = onCaption;
        this.thread = new Thread(() -> run(clients), "outcome-reader");
        thread.setDaemon(true);
        thread.start();
    }

    /** Milliseconds from the capture of a frame until now, when its caption has become visible. */
    static long latency(CaptionEvent event) {
        return Duration.between(event.captured(), Instant.now()).toMillis();
    }

    /** Throws what ended the reader, if something did. */
    void check() {
        Failure.check(ended, "the reader of outcomes");
    }

    @Override
    public void close() throws InterruptedException {
        closing = true;
        thread.join();
    }

    private void run(KafkaClients clients) {
        List<String> names = List.of(topics.captions(), topics.skipped(), topics.rejected());
        try (var consumer = clients.consumerAtStart(names)) {
            while (!closing) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    enter(record);
                }
            }
            ended.complete(null);
        } catch (RuntimeException | WireException e) {
            ended.completeExceptionally(e);
        }
    }

    private void enter(ConsumerRecord<byte[], byte[]> record) throws WireException {
        if (record.topic().equals(topics.captions())) {
            CaptionEvent event = CaptionEvent.fromRecord(record);
            ledger.captioned(event.input());
            onCaption.accept(event);
        } else if (record.topic().equals(topics.skipped())) {
            ledger.skipped(SkippedEvent.fromRecord(record).range());
        } else {
            RejectedEvent event = RejectedEvent.fromRecord(record);
            if (event.input().topic().equals(topics.frames())) {
                ledger.rejected(event.input());
            }
        }
    }
}
