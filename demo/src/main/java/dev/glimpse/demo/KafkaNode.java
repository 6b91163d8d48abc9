package dev.glimpse.demo;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/** One Kafka broker and controller inside this process; alone, or one of several that name each other as voters. */
public final class KafkaNode {
    private final KafkaRaftServer server;

    private KafkaNode(KafkaRaftServer server) {
        this.server = server;
    }

    /**
     * Formats the log directory unless it is formatted already, and starts.
     *
     * @param id {@code node.id} of the properties
     * @param clusterId the same for all nodes of a cluster
     * @param log {@code log.dirs} of the properties: one existing directory
     * @param properties settings of the broker
     */
    public static KafkaNode start(int id, String clusterId, Path log, Map<String, Object> properties) throws Exception {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        new Formatter()
                .setPrintStream(new PrintStream(said, true, StandardCharsets.UTF_8))
                .setNodeId(id)
                .setClusterId(clusterId)
                .setControllerListenerName("CONTROLLER")
                .setMetadataLogDirectory(log.toString())
                .addDirectory(log.toString())
                .setIgnoreFormatted(true)
                .setReleaseVersion(MetadataVersion.latestProduction())
                .run();
        KafkaRaftServer server = new KafkaRaftServer(new KafkaConfig(properties, false), Time.SYSTEM);
        server.startup();
        return new KafkaNode(server);
    }

    /** Stops in good order. */
    public void stop() {
        server.shutdown();
        server.awaitShutdown();
    }

    /** Returns when the node has ended. */
    public void await() {
        server.awaitShutdown();
    }
}
