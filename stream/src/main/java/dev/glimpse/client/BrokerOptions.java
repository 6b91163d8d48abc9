package dev.glimpse.client;

import dev.glimpse.error.UserError;
import dev.glimpse.wire.Topics;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import picocli.CommandLine.Option;

/** Which broker, and which topics on it; opens clients for them. */
public final class BrokerOptions {
    private static final Duration REACH = Duration.ofSeconds(8);
    private static final int MAX_REQUEST_BYTES = 9 * 1024 * 1024;

    @Option(
            names = "--bootstrap",
            paramLabel = "HOST:PORT",
            defaultValue = "127.0.0.1:9092",
            description = "Kafka broker (default: ${DEFAULT-VALUE}).")
    private String bootstrap = "";

    @Option(names = "--prefix", paramLabel = "TEXT", defaultValue = "", description = "Begins the name of every topic.")
    private String prefix = "";

    @Option(
            names = "--client-config",
            paramLabel = "FILE",
            description = "Properties file with further settings of Kafka's clients, such as TLS and SASL.")
    private Optional<Path> clientConfig = Optional.empty();

    BrokerOptions() {}

    /** Options as if given on the command line. */
    BrokerOptions(String bootstrap, String prefix) {
        this.bootstrap = bootstrap;
        this.prefix = prefix;
    }

    String bootstrap() {
        return bootstrap;
    }

    Topics topics() {
        return Topics.withPrefix(prefix);
    }

    /** Makes sure that the broker answers. */
    void requireReachable() {
        try {
            Admin admin = Admin.create(settings());
            try {
                admin.describeCluster().nodes().get(REACH.toSeconds(), TimeUnit.SECONDS);
            } finally {
                admin.close(Duration.ZERO); // the other close waits for the call to time out
            }
        } catch (ExecutionException | TimeoutException e) {
            throw unreachable(e);
        } catch (KafkaException e) {
            throw new UserError("a broker is expected at " + bootstrap + ": " + innermost(e), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UserError("interrupted while connecting to " + bootstrap, e);
        }
    }

    /** A producer that waits for all acknowledgements. */
    Producer<byte[], byte[]> producer() {
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
    Consumer<byte[], byte[]> consumerAtEnd(String topic) {
        Properties settings = settings();
        settings.put("isolation.level", "read_committed");
        settings.put("enable.auto.commit", "false");
        settings.put("auto.offset.reset", "latest");
        var consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        List<TopicPartition> partitions = new ArrayList<>();
        for (PartitionInfo partition : consumer.partitionsFor(topic, REACH)) {
            partitions.add(new TopicPartition(topic, partition.partition()));
        }
        if (partitions.isEmpty()) {
            consumer.close();
            throw new UserError(
                    "topic " + topic + " is expected at " + bootstrap + ", found none; create it, or give --prefix");
        }
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position); // seekToEnd waits for the first poll otherwise
        return consumer;
    }

    private Properties settings() {
        Properties settings = new Properties();
        clientConfig.ifPresent(file -> settings.putAll(read(file)));
        settings.put("bootstrap.servers", bootstrap);
        settings.put("client.id", "glimpse");
        return settings;
    }

    private UserError unreachable(Throwable cause) {
        return new UserError(
                "a Kafka broker is expected at " + bootstrap + ", found none that answers within " + REACH.toSeconds()
                        + " s; start it, or name another with --bootstrap HOST:PORT",
                cause);
    }

    private static Map<Object, Object> read(Path file) {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
            return properties;
        } catch (IOException e) {
            throw new UserError("settings of Kafka's clients are expected in " + file + ", which cannot be read", e);
        }
    }

    static String innermost(Throwable e) {
        Throwable cause = e;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage());
    }
}
