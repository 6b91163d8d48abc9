package dev.glimpse.kafka;

import dev.glimpse.kafka.KafkaSettings.Delivery;
import dev.glimpse.kafka.KafkaSettings.Protocol;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Settings in, properties of the Kafka clients out. Spelled as text: the constant classes move between versions. */
final class ClientProperties {
    private static final int MIB = 1024 * 1024;

    private ClientProperties() {}

    static Map<String, Object> admin(KafkaSettings settings) {
        Map<String, Object> properties = common(settings);
        properties.put("client.id", settings.worker() + "-check");
        properties.put("default.api.timeout.ms", 8_000);
        properties.put("request.timeout.ms", 5_000);
        return properties;
    }

    static Map<String, Object> consumer(KafkaSettings settings) {
        Map<String, Object> properties = common(settings);
        properties.put("client.id", settings.worker() + "-consumer");
        properties.put("group.id", settings.group());
        properties.put("group.protocol", settings.protocol().name().toLowerCase(Locale.ROOT));
        if (settings.protocol() == Protocol.CLASSIC) {
            properties.put("group.instance.id", settings.worker());
            properties.put(
                    "partition.assignment.strategy", "org.apache.kafka.clients.consumer.CooperativeStickyAssignor");
            properties.put("session.timeout.ms", 10_000);
            properties.put("heartbeat.interval.ms", 1_000); // how late the others hear that a member is gone
        } else {
            // No static membership: this protocol refuses a killed member's successor until the session has run out.
            // The other assignor, uniform, may give all frames to one worker and all questions to the next.
            properties.put("group.remote.assignor", "range");
        }
        properties.put("max.poll.interval.ms", 60_000);
        properties.put("isolation.level", "read_committed");
        properties.put("enable.auto.commit", false);
        properties.put("auto.offset.reset", "earliest");
        properties.put("max.poll.records", 64);
        properties.put("fetch.max.bytes", 16 * MIB);
        properties.put("max.partition.fetch.bytes", 4 * MIB);
        properties.put("default.api.timeout.ms", 5_000);
        properties.put("allow.auto.create.topics", false);
        return properties;
    }

    /** A consumer of no group, which reads what all workers need to know. */
    static Map<String, Object> reader(KafkaSettings settings) {
        Map<String, Object> properties = common(settings);
        properties.put("client.id", settings.worker() + "-standing");
        properties.put("isolation.level", "read_committed");
        properties.put("enable.auto.commit", false);
        properties.put("auto.offset.reset", "earliest");
        properties.put("default.api.timeout.ms", 5_000);
        properties.put("allow.auto.create.topics", false);
        return properties;
    }

    static Map<String, Object> producer(KafkaSettings settings) {
        Map<String, Object> properties = common(settings);
        properties.put("client.id", settings.worker() + "-producer");
        if (settings.delivery() == Delivery.EXACTLY_ONCE) {
            properties.put("transactional.id", settings.transactionalId());
            properties.put("transaction.timeout.ms", 10_000);
        }
        properties.put("enable.idempotence", true);
        properties.put("acks", "all");
        properties.put("linger.ms", 0);
        properties.put("delivery.timeout.ms", 8_000);
        properties.put("request.timeout.ms", 4_000);
        properties.put("max.block.ms", 5_000);
        properties.put("buffer.memory", 16L * MIB);
        return properties;
    }

    private static Map<String, Object> common(KafkaSettings settings) {
        Map<String, Object> properties = new HashMap<>(settings.security());
        properties.put("bootstrap.servers", settings.bootstrap());
        properties.put("reconnect.backoff.max.ms", 1_000);
        return properties;
    }
}
