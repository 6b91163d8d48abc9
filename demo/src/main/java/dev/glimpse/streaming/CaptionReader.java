package dev.glimpse.streaming;

import dev.glimpse.client.KafkaClients;
import dev.glimpse.error.UserError;
import dev.glimpse.wire.CaptionEvent;
import dev.glimpse.wire.Topics;
import dev.glimpse.wire.WireException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Reads committed captions on a thread of its own and notes when each frame's came. */
final class CaptionReader implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(100);
    private static final long PATIENCE_SECONDS = 30;

    private final long[] nanos;
    private final CompletableFuture<Void> all = new CompletableFuture<>();
    private final Thread thread;
    private volatile long wanted = Long.MAX_VALUE;
    private volatile boolean closing;

    /** @param frames how many there are, in one partition from offset 0 on */
    CaptionReader(KafkaClients clients, Topics topics, int frames) {
        this.nanos = new long[frames];
        this.thread = new Thread(() -> read(clients, topics), "caption-reader");
        thread.setDaemon(true);
        thread.start();
    }

    /** Waits for so many captions; {@link System#nanoTime} of each by its frame's offset, 0 where none came. */
    long[] await(long captions) throws InterruptedException {
        wanted = captions;
        try {
            all.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new UserError(
                    "the reader of captions does not see all " + captions + " within " + PATIENCE_SECONDS + " s", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("the reader of captions has failed", e.getCause());
        }
        return nanos;
    }

    private void read(KafkaClients clients, Topics topics) {
        long seen = 0;
        try (var consumer = clients.consumerAtStart(List.of(topics.captions()))) {
            while (!closing && seen < wanted) {
                var records = consumer.poll(POLL);
                long now = System.nanoTime();
                for (ConsumerRecord<byte[], byte[]> record : records) {
                    nanos[(int) CaptionEvent.fromRecord(record).input().offset()] = now;
                    seen++;
                }
            }
            all.complete(null);
        } catch (RuntimeException | WireException e) {
            all.completeExceptionally(e);
        }
    }

    @Override
    public void close() throws InterruptedException {
        closing = true;
        thread.join();
    }
}
