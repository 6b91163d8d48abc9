package dev.glimpse.demo;

import dev.glimpse.wire.Topics;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Exit;
import org.jspecify.annotations.Nullable;

/**
 * A Kafka broker and controller inside this process, on two free local ports, with its data in a temporary directory
 * that is gone after {@link #close}. Starts in about two seconds.
 */
public final class Broker implements AutoCloseable {
    /** The largest record it takes: a picture of {@value} bytes with its headers. */
    public static final int MAX_RECORD_BYTES = 9 * 1024 * 1024;

    private final KafkaNode node;
    private final Path data;
    private final String bootstrap;

    private Broker(KafkaNode node, Path data, String bootstrap) {
        this.node = node;
        this.data = data;
        this.bootstrap = bootstrap;
    }

    /** Starts a broker with no topics. */
    public static Broker start() throws Exception {
        return start(Map.of(), "");
    }

    /**
     * As {@link #start()}, with more doors.
     *
     * @param more settings of Kafka to add
     * @param listeners further listeners, each after a comma; {@link #bootstrap} stays the open one
     */
    static Broker start(Map<String, Object> more, String listeners) throws Exception {
        keepTheProcessAlive();
        Path data = Files.createTempDirectory("glimpse-broker-");
        try {
            List<Integer> ports = Ports.free(2);
            Path log = Files.createDirectory(data.resolve("log"));
            Map<String, Object> properties = new HashMap<>(properties(ports.get(0), ports.get(1), log));
            properties.put("listeners", properties.get("listeners") + listeners);
            properties.putAll(more);
            KafkaNode node = KafkaNode.start(1, Uuid.randomUuid().toString(), log, properties);
            return new Broker(node, data, "127.0.0.1:" + ports.get(0));
        } catch (Exception e) {
            delete(data);
            throw e;
        }
    }

    /** Host and port for clients. */
    public String bootstrap() {
        return bootstrap;
    }

    /** The temporary directory, in which others may leave what should go with the broker. */
    public Path data() {
        return data;
    }

    /** Creates every topic, each with the same number of partitions. */
    public void create(Topics topics, int partitions) throws InterruptedException, ExecutionException {
        NewTopics.create(bootstrap, topics, partitions, 1);
    }

    /** Stops the broker and deletes its data. */
    @Override
    public void close() throws IOException {
        node.stop();
        delete(data);
    }

    private static Map<String, Object> properties(int port, int controllerPort, Path log) {
        return Map.ofEntries(
                Map.entry("process.roles", "broker,controller"),
                Map.entry("node.id", "1"),
                Map.entry("controller.quorum.voters", "1@127.0.0.1:" + controllerPort),
                Map.entry("listeners", "PLAINTEXT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controllerPort),
                Map.entry("controller.listener.names", "CONTROLLER"),
                Map.entry("log.dirs", log.toString()),
                Map.entry("offsets.topic.replication.factor", "1"),
                Map.entry("offsets.topic.num.partitions", "4"),
                Map.entry("transaction.state.log.replication.factor", "1"),
                Map.entry("transaction.state.log.min.isr", "1"),
                Map.entry("transaction.state.log.num.partitions", "4"),
                Map.entry("share.coordinator.state.topic.replication.factor", "1"),
                Map.entry("share.coordinator.state.topic.min.isr", "1"),
                Map.entry("group.initial.rebalance.delay.ms", "0"),
                Map.entry("log.cleaner.dedupe.buffer.size", "2097152"),
                Map.entry("auto.create.topics.enable", "false"),
                Map.entry("message.max.bytes", Integer.toString(MAX_RECORD_BYTES)));
    }

    /** Kafka's handlers of fatal faults end the process; here they end the thread that met the fault. */
    private static void keepTheProcessAlive() {
        Exit.Procedure refuse = (status, message) -> {
            throw new IllegalStateException("the broker gave up with status " + status + ": " + message);
        };
        Exit.setExitProcedure(refuse);
        Exit.setHaltProcedure(refuse);
    }

    private static void delete(Path directory) throws IOException {
        Files.walkFileTree(directory, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
                if (e instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw e;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException e) throws IOException {
                Files.deleteIfExists(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
