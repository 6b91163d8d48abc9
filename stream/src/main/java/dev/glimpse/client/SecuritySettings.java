package dev.glimpse.client;

import static dev.glimpse.error.UserError.require;

import dev.glimpse.error.UserError;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.common.security.JaasContext;

/**
 * How to reach a guarded cluster: the settings of Kafka's clients for TLS and SASL, and no others. Values hold secrets: they
 * stand in no error and in no text.
 *
 * @param source where they stand, for errors
 * @param values by name, as Kafka spells them
 */
public record SecuritySettings(String source, Map<String, String> values) {
    /** For a cluster that is not guarded. */
    public static final SecuritySettings NONE = new SecuritySettings("--client-config", Map.of());

    private static final String JAAS = "sasl.jaas.config";

    public SecuritySettings {
        values = Map.copyOf(values);
        new TreeMap<>(values).keySet().forEach(name -> requireSecurity(source, name));
        if (values.containsKey(JAAS)) {
            requireLogin(source, values.get(JAAS));
        }
    }

    /**
     * Reads a properties file in UTF-8.
     *
     * @throws UserError when it, or a file that it names, cannot be read, or when it holds anything else
     */
    public static SecuritySettings read(Path file) {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (IOException | IllegalArgumentException e) {
            throw new UserError(file + ": expected a properties file in UTF-8, which cannot be read: " + e, e);
        }
        Map<String, String> values = new TreeMap<>();
        properties.stringPropertyNames().forEach(name -> values.put(name, properties.getProperty(name)));
        SecuritySettings settings = new SecuritySettings(file.toString(), values);
        values.forEach((name, value) -> require(
                !name.endsWith(".location") || Files.isReadable(Path.of(value)),
                "%s: %s names the file '%s', which cannot be read",
                file,
                name,
                value));
        return settings;
    }

    private static void requireSecurity(String source, String name) {
        require(
                Stream.of("security.", "sasl.", "ssl.").anyMatch(name::startsWith),
                "%s holds settings that begin with security., sasl. or ssl., found '%s'; remove it",
                source,
                name);
        require(
                AdminClientConfig.configNames().contains(name),
                "%s: Kafka's clients have no setting '%s'; look for a typing error",
                source,
                name);
    }

    /** Asks Kafka's own parser, whose errors may quote half a password and are therefore not passed on. */
    private static void requireLogin(String source, String login) {
        try {
            JaasContext.loadClientContext(Map.of(JAAS, new Password(login)));
        } catch (IllegalArgumentException e) {
            throw new UserError(source + ": " + JAAS + " is expected to be like 'MODULE required username=\"NAME\""
                    + " password=\"SECRET\";', found something else, or a module that Kafka does not allow; a \" or \\"
                    + " within a value needs a \\ before it");
        }
    }

    /** Tells the source alone. */
    @Override
    public String toString() {
        return source;
    }
}
