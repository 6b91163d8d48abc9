package dev.glimpse.fault.site;

import dev.glimpse.demo.KafkaNode;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;

/** A Kafka node as a process of its own. Arguments: cluster id, file of broker properties. */
final class BrokerMain {
    private BrokerMain() {}

    public static void main(String[] arguments) throws Exception {
        Orphan.watch();
        Map<String, Object> properties = read(Path.of(arguments[1]));
        Path log = Files.createDirectories(Path.of((String) properties.getOrDefault("log.dirs", "")));
        int id = Integer.parseInt((String) properties.getOrDefault("node.id", "1"));
        KafkaNode node = KafkaNode.start(id, arguments[0], log, properties);
        System.out.println("ready");
        node.await();
    }

    private static Map<String, Object> read(Path file) throws IOException {
        Properties properties = new Properties();
        try (Reader in = Files.newBufferedReader(file)) {
            properties.load(in);
        }
        Map<String, Object> map = new HashMap<>();
        properties.stringPropertyNames().forEach(name -> map.put(name, properties.getProperty(name)));
        return map;
    }
}
