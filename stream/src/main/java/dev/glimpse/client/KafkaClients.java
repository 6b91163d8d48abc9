package dev.glimpse.client;

import dev.glimpse.error.UserError;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Opens clients of one broker, for bytes. Who gets a client closes it. */
public final class KafkaClients {
    private static final Duration REACH = Duration.ofSeconds(8);
    private static final int MAX_REQUEST_BYTES = 9 * 1024 * 1024;

    private final String bootstrap;
    private final SecuritySettings security;

    public KafkaClients(String bootstrap) {
        this(bootstrap, SecuritySettings.NONE);
    }

    /** Clients of a guarded cluster. */
    public KafkaClients(String bootstrap, SecuritySettings security) {
        this.bootstrap = bootstrap;
        this.security = security;
    }

    /** Makes sure that the broker answers. */
    public void requireReachable() {
        try {
            Admin admin = Admin.create(settings());
            try {
                admin.describeCluster().nodes().get(REACH.toSeconds(), TimeUnit.SECONDS);
            } finally {
                admin.close(Duration.ZERO); // the other close waits for the call to time out
            }
        } catch (ExecutionException | TimeoutException e) {
            throw e.getCause() instanceof AuthenticationException refused ? refused(refused) : unreachable(e);
        } catch (KafkaException e) {
            throw new UserError(
                    "a broker is expected at " + bootstrap + ": " + innermost(e) + "; mend --bootstrap, or "
                            + security.source(),
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UserError("interrupted while connecting to " + bootstrap, e);
        }
    }

    /** A producer that waits for all acknowledgements. */
    public Producer<byte[], byte[]> producer() {
        Properties settings = settings();
        settings.put("acks", "all");
        settings.put("linger.ms", "5");
        settings.put("max.block.ms", Long.toString(REACH.toMillis()));
        settings.put("delivery.timeout.ms", "30000");
        settings.put("request.timeout.ms", "10000");
        settings.put("max.request.size", Integer.toString(MAX_REQUEST_BYTES));
        settings.put("buffer.memory", Integer.toString(8 * MAX_REQUEST_BYTES));
        return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** A consumer of committed records that stands at the present end of every partition of the topic. */
    public Consumer<byte[], byte[]> consumerAtEnd(String topic) {
        var consumer = assigned(List.of(topic));
        consumer.seekToEnd(consumer.assignment());
        consumer.assignment().forEach(consumer::position); // seekToEnd waits for the first poll otherwise
        return consumer;
    }

    /** A consumer of committed records that stands at the beginning of every partition of the topics. */
    public Consumer<byte[], byte[]> consumerAtStart(List<String> topics) {
        var consumer = assigned(topics);
        consumer.seekToBeginning(consumer.assignment());
        return consumer;
    }

    /** A consumer of committed records that stands at the first record of that moment or later, or at the end. */
    public Consumer<byte[], byte[]> consumerFrom(List<String> topics, Instant from) {
        var consumer = assigned(topics);
        Map<TopicPartition, Long> times = new HashMap<>();
        consumer.assignment().forEach(partition -> times.put(partition, from.toEpochMilli()));
        Map<TopicPartition, Long> end = consumer.endOffsets(consumer.assignment());
        consumer.offsetsForTimes(times)
                .forEach((partition, found) ->
                        consumer.seek(partition, found == null ? end.getOrDefault(partition, 0L) : found.offset()));
        return consumer;
    }

    private Consumer<byte[], byte[]> assigned(List<String> topics) {
        Properties settings = settings();
        settings.put("isolation.level", "read_committed");
        settings.put("enable.auto.commit", "false");
        var consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        List<TopicPartition> partitions = new ArrayList<>();
        for (String topic : topics) {
            partitionsFor(consumer, topic)
                    .forEach(partition -> partitions.add(new TopicPartition(topic, partition.partition())));
        }
        consumer.assign(partitions);
        return consumer;
    }

    private List<PartitionInfo> partitionsFor(Consumer<byte[], byte[]> consumer, String topic) {
        try {
            List<PartitionInfo> found = consumer.partitionsFor(topic, REACH);
            if (!found.isEmpty()) {
                return found;
            }
        } catch (AuthorizationException e) {
            consumer.close();
            throw new UserError(
                    "the broker at " + bootstrap + " does not let this user read topic " + topic
                            + "; have it granted Read, or name another user in " + security.source(),
                    e);
        }
        consumer.close();
        throw new UserError(
                "topic " + topic + " is expected at " + bootstrap + ", found none; create it, or give --prefix");
    }

    private Properties settings() {
        Properties settings = new Properties();
        settings.putAll(security.values());
        settings.put("bootstrap.servers", bootstrap);
        settings.put("client.id", "glimpse");
        return settings;
    }

    private UserError refused(AuthenticationException e) {
        return new UserError(
                "the broker at " + bootstrap + " and this client do not agree: " + innermost(e) + "; mend "
                        + security.source(),
                e);
    }

    private UserError unreachable(Throwable cause) {
        return new UserError(
                "a Kafka broker is expected at " + bootstrap + ", found none that answers within " + REACH.toSeconds()
                        + " s; start it, or name another with --bootstrap HOST:PORT; one that wants TLS or a password needs"
                        + " --client-config FILE",
                cause);
    }

    static String innermost(Throwable e) {
        Throwable cause = e;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage());
    }
}
