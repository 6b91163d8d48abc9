package dev.glimpse.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * A record that could not be used. Goes out under the original key, byte for byte, cut at 1 KiB.
 *
 * @param key the original key as text, bytes that are no UTF-8 replaced; empty when there was none
 * @param input where the record stood
 * @param reason code in lower case with dashes, see {@link RejectionReason#code}
 * @param message what was expected and what was found; one line, at most 1000 characters, never a stack trace
 * @param size bytes of the value
 * @param sha256 digest of the value in lower-case hexadecimal
 * @param head the value's first 1 KiB in Base64
 * @param emitted when this event was handed to Kafka
 * @param degraded how far the runtime had stepped down under load; 0 is full service
 * @param model digest of the model at work
 */
public record RejectedEvent(
        Optional<String> key,
        Position input,
        String reason,
        String message,
        long size,
        String sha256,
        String head,
        Instant emitted,
        int degraded,
        String model) {
    private static final int HEAD_BYTES = 1024;
    private static final int MESSAGE_LENGTH = 1000;

    /** Describes a record that was refused. */
    public static RejectedEvent of(
            ConsumerRecord<byte[], byte[]> record,
            String reason,
            String message,
            Instant emitted,
            int degraded,
            String model) {
        byte[] value = record.value() == null ? new byte[0] : record.value();
        return new RejectedEvent(
                Optional.ofNullable(record.key()).map(key -> new String(cut(key), UTF_8)),
                Position.of(record),
                reason,
                oneLine(message),
                value.length,
                digest(value),
                Base64.getEncoder().encodeToString(cut(value)),
                emitted,
                degraded,
                model);
    }

    public OutcomeId outcome() {
        return new OutcomeId(input, CaptionEvent.TASK, model);
    }

    /** This event as a record under the key of the rejected one. */
    public ProducerRecord<byte[], byte[]> toRecord(Topics topics, ConsumerRecord<byte[], byte[]> rejected) {
        byte[] key = rejected.key() == null ? new byte[0] : cut(rejected.key());
        return Envelope.write(
                EventType.REJECTED, topics.rejected(), key, outcome().toString(), emitted, this);
    }

    public static RejectedEvent fromRecord(ConsumerRecord<byte[], byte[]> record) throws WireException {
        return Envelope.read(record, EventType.REJECTED, RejectedEvent.class);
    }

    private static byte[] cut(byte[] bytes) {
        return bytes.length <= HEAD_BYTES ? bytes : Arrays.copyOf(bytes, HEAD_BYTES);
    }

    private static String oneLine(String message) {
        String line = message.replaceAll("\\p{Cntrl}+", " ");
        return line.length() <= MESSAGE_LENGTH ? line : line.substring(0, MESSAGE_LENGTH);
    }

    private static String digest(byte[] value) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(value));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
