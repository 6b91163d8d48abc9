package dev.glimpse.client;

import dev.glimpse.error.UserError;
import dev.glimpse.wire.Frame;
import dev.glimpse.wire.Topics;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/** Sends frames and counts acknowledgements. Thread-safe; the first failure is thrown to whoever sends or finishes next. */
public final class FrameSender implements AutoCloseable {
    private final Producer<byte[], byte[]> producer;
    private final Topics topics;
    private final Consumer<RecordMetadata> onAcknowledged;
    private final AtomicLong acknowledged = new AtomicLong();
    private final AtomicReference<Optional<Exception>> failure = new AtomicReference<>(Optional.empty());

    /** Takes the producer over and closes it in the end. */
    public FrameSender(Producer<byte[], byte[]> producer, Topics topics) {
        this(producer, topics, where -> {});
    }

    /**
     * Takes the producer over and closes it in the end.
     *
     * @param onAcknowledged told where each frame stands, on the producer's thread
     */
    public FrameSender(Producer<byte[], byte[]> producer, Topics topics, Consumer<RecordMetadata> onAcknowledged) {
        this.producer = producer;
        this.topics = topics;
        this.onAcknowledged = onAcknowledged;
    }

    /** Hands a frame to the producer; waits when its buffer is full. */
    public void send(Frame frame) {
        throwFailure();
        var unused = producer.send(frame.toRecord(topics), this::completed); // completed tells all that it could
    }

    /** Waits until every frame is acknowledged and returns how many there were. */
    public long finish() {
        producer.flush();
        throwFailure();
        return acknowledged.get();
    }

    /** Frames that the broker has so far. */
    public long acknowledged() {
        return acknowledged.get();
    }

    @Override
    public void close() {
        producer.close();
    }

    private void completed(@Nullable RecordMetadata metadata, @Nullable Exception e) {
        if (e == null && metadata != null) {
            onAcknowledged.accept(metadata);
            acknowledged.incrementAndGet();
        } else if (e != null) {
            failure.compareAndSet(Optional.empty(), Optional.of(e));
        }
    }

    private void throwFailure() {
        failure.get().ifPresent(e -> {
            throw new UserError(explain(e), e);
        });
    }

    private String explain(Exception e) {
        String sent = "after " + acknowledged.get() + " frames: ";
        if (e instanceof RecordTooLargeException) {
            return sent + "the frame is larger than the broker or this command takes (" + e.getMessage() + ")";
        }
        if (e instanceof UnknownTopicOrPartitionException
                || (e instanceof TimeoutException
                        && String.valueOf(e.getMessage()).contains("not present in metadata"))) {
            return sent + "topic " + topics.frames() + " does not exist at the broker; create it, or give --prefix";
        }
        if (e instanceof KafkaException) {
            return sent + "the broker did not take a frame (" + KafkaClients.innermost(e) + ")";
        }
        return sent + e;
    }
}
