package dev.glimpse.client;

import dev.glimpse.wire.Topics;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Options that name a broker, and topics on it. */
public final class BrokerOptions {
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
            description = "Properties file with Kafka's settings security.*, sasl.* and ssl.*, for a guarded cluster.")
    private Optional<Path> clientConfig = Optional.empty();

    public String bootstrap() {
        return bootstrap;
    }

    /** The topics of that prefix. */
    public Topics topics() {
        return Topics.withPrefix(prefix);
    }

    /** Clients of the broker, with the settings of the file. */
    public KafkaClients clients() {
        return new KafkaClients(
                bootstrap, clientConfig.map(SecuritySettings::read).orElse(SecuritySettings.NONE));
    }
}
