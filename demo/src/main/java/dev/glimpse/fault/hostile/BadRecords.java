package dev.glimpse.fault.hostile;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.glimpse.fault.site.NumberedPictures;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Records that keep to no contract: each must be one rejection, and the next record must not suffer. */
public final class BadRecords {
    private static final int TOO_LARGE = 1024 * 1024 + 1;
    private static final byte[] NOT_UTF8 = {(byte) 0xC3, 0x28};

    private BadRecords() {}

    /** Frames that must be rejected. */
    public static List<ProducerRecord<byte[], byte[]>> frames(String topic) {
        byte[] good = NumberedPictures.of(1);
        byte[] key = "camera-0".getBytes(UTF_8);
        List<ProducerRecord<byte[], byte[]>> bad = new ArrayList<>();
        bad.add(new ProducerRecord<>(topic, 0, null, good));
        bad.add(new ProducerRecord<>(topic, new byte[0], good));
        bad.add(new ProducerRecord<>(topic, NOT_UTF8, good));
        bad.add(new ProducerRecord<>(topic, "k".repeat(201).getBytes(UTF_8), good));
        bad.add(new ProducerRecord<>(topic, "a\nb".getBytes(UTF_8), good));
        bad.add(new ProducerRecord<>(topic, key, null));
        bad.add(new ProducerRecord<>(topic, key, new byte[0]));
        bad.add(new ProducerRecord<>(topic, key, new byte[TOO_LARGE]));
        bad.add(new ProducerRecord<>(topic, key, "no picture".getBytes(UTF_8)));
        Map<String, byte[]> headers = Map.of(
                "ce_specversion", "9.9".getBytes(UTF_8),
                "ce_type", "dev.glimpse.caption.v1".getBytes(UTF_8),
                "ce_time", "yesterday".getBytes(UTF_8),
                "ce_expirytime", "2026-13-45".getBytes(UTF_8),
                "ce_id", NOT_UTF8,
                "ce_source", "s".repeat(600).getBytes(UTF_8),
                "content-type", "image/webp".getBytes(UTF_8));
        headers.forEach((name, value) -> {
            var record = new ProducerRecord<>(topic, key, good);
            record.headers().add(name, value);
            bad.add(record);
        });
        return bad;
    }

    /** A good frame under a load of headers that must not be copied on. */
    public static ProducerRecord<byte[], byte[]> decorated(String topic) {
        var record = new ProducerRecord<>(topic, "camera-0".getBytes(UTF_8), NumberedPictures.of(2));
        record.headers().add("traceparent", "junk".getBytes(UTF_8));
        record.headers().add("authorization", "Bearer secret".getBytes(UTF_8));
        record.headers().add("", new byte[100]);
        for (int i = 0; i < 200; i++) {
            record.headers().add("x-" + i, NOT_UTF8);
        }
        return record;
    }

    /** Questions that must be rejected. */
    public static List<ProducerRecord<byte[], byte[]>> questions(String topic) {
        byte[] key = "camera-0".getBytes(UTF_8);
        List<String> values = List.of(
                "",
                "null",
                "[]",
                "{",
                "{\"question\": 3}",
                "{\"question\": \"a\", \"question\": \"b\"}",
                "{\"question\": \"a\"} more",
                "{\"question\": \"a\", \"schemaVersion\": 99}",
                "{\"question\": \"a\", \"topic\": \"elsewhere\"}",
                "{\"question\": \"a\", \"x\": " + "[".repeat(33) + "]".repeat(33) + "}",
                "{\"question\": \"a\", \"x\": \"" + "y".repeat(65 * 1024) + "\"}",
                "{\"question\": \"a\", \"x\": [" + "\"y\",".repeat(66_000) + "1]}",
                "{\"question\": \"a\", \"x\": 1" + "0".repeat(5000) + "}");
        return values.stream()
                .map(value -> new ProducerRecord<>(topic, key, value.getBytes(UTF_8)))
                .toList();
    }
}
