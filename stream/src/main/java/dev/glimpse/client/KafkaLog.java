package dev.glimpse.client;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import org.slf4j.LoggerFactory;

/** Keeps what Kafka's clients log off the terminal: the commands say what went wrong themselves. */
final class KafkaLog {
    private KafkaLog() {}

    static void silence() {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.getLogger("org.apache.kafka").setLevel(Level.OFF);
    }
}
