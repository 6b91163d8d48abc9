package dev.glimpse.client;

import dev.glimpse.error.UserError;
import dev.glimpse.wire.Topics;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
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
            description = "Properties file with further settings of Kafka's clients, such as TLS and SASL.")
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
        return new KafkaClients(bootstrap, clientConfig.map(BrokerOptions::read).orElse(Map.of()));
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
}
