package dev.glimpse.fault.site;

import dev.glimpse.demo.Broker;
import dev.glimpse.demo.NewTopics;
import dev.glimpse.demo.Ports;
import dev.glimpse.wire.Topics;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.Uuid;

/**
 * One or three Kafka nodes, each a process. Every node has two doors: a direct one for the suite itself and for the other
 * nodes, and one that is only known by the address of a {@link FaultProxy}, for workers.
 */
public final class Cluster implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(90);
    private static final String HOST = "127.0.0.1:";

    private final Children children;
    private final String id = Uuid.randomUuid().toString();
    private final Path folder;
    private final List<Node> nodes = new ArrayList<>();

    private static final class Node {
        private final int number;
        private final int port;
        private final int controllerPort;
        private final Path file;
        private final FaultProxy proxy;
        private Optional<Child> child = Optional.empty();

        Node(int number, int port, int controllerPort, Path file, FaultProxy proxy) {
            this.number = number;
            this.port = port;
            this.controllerPort = controllerPort;
            this.file = file;
            this.proxy = proxy;
        }
    }

    /** @param size 1, or 3 of which one may be dead at a time */
    private Cluster(Children children, Path folder, int size) throws IOException {
        this.children = children;
        this.folder = Files.createDirectories(folder);
        List<Integer> ports = Ports.free(3 * size);
        for (int i = 0; i < size; i++) {
            int hidden = ports.get(3 * i + 2);
            nodes.add(new Node(
                    i + 1,
                    ports.get(3 * i),
                    ports.get(3 * i + 1),
                    folder.resolve("node-" + (i + 1) + ".properties"),
                    FaultProxy.to(hidden)));
        }
        for (int i = 0; i < size; i++) {
            write(nodes.get(i), ports.get(3 * i + 2));
        }
    }

    /** Starts all nodes and waits for them. */
    public static Cluster start(Children children, Path folder, int size) throws IOException, InterruptedException {
        Cluster cluster = new Cluster(children, folder, size);
        for (int i = 0; i < size; i++) {
            cluster.launch(i);
        }
        for (int i = 0; i < size; i++) {
            cluster.awaitNode(i);
        }
        return cluster;
    }

    /** Addresses that no fault of the network touches. */
    public String direct() {
        return nodes.stream().map(node -> HOST + node.port).collect(Collectors.joining(","));
    }

    /** Addresses through the proxies. */
    public String proxied() {
        return nodes.stream().map(node -> HOST + node.proxy.port()).collect(Collectors.joining(","));
    }

    /** How many nodes. */
    public int size() {
        return nodes.size();
    }

    /** Changes the network between workers and all nodes. */
    public void weather(Weather weather) {
        nodes.forEach(node -> node.proxy.weather(weather));
    }

    /** Breaks every connection between workers and nodes once; new ones are let through as the weather has it. */
    public void cutConnections() {
        nodes.forEach(node -> node.proxy.cutConnections());
    }

    /** The process of a node that was launched. */
    public long pid(int index) {
        return nodes.get(index).child.orElseThrow().pid();
    }

    /** kill -9. */
    public void kill(int index) throws InterruptedException {
        nodes.get(index).child.orElseThrow().kill();
    }

    /** Starts a node again on its old data, and returns at once. */
    public void launch(int index) throws IOException {
        Node node = nodes.get(index);
        node.child = Optional.of(children.java(
                folder.getFileName() + "-" + node.number,
                List.of("-Xmx512m"),
                BrokerMain.class,
                List.of(id, node.file.toString())));
    }

    /** Waits until a node that was launched takes part. */
    public void awaitNode(int index) throws IOException, InterruptedException {
        nodes.get(index).child.orElseThrow().awaitReady(START);
    }

    /** Creates all topics and waits until every node knows them. */
    public void create(Topics topics, int partitions) throws ExecutionException, InterruptedException, IOException {
        NewTopics.create(direct(), topics, partitions, size());
        awaitWhole(topics.all(), START);
    }

    /** Waits until every partition of the topics, and of Kafka's own, has all its copies again. */
    public void awaitWhole(Topics topics, Duration patience) throws IOException, InterruptedException {
        List<String> names = new ArrayList<>(topics.all());
        names.addAll(List.of("__consumer_offsets", "__transaction_state"));
        awaitWhole(names, patience);
    }

    private void awaitWhole(List<String> names, Duration patience) throws IOException, InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", direct()))) {
            while (!whole(admin, names)) {
                if (System.nanoTime() > end) {
                    throw new IOException("not all copies are there again after " + patience.toSeconds()
                            + " s; see the logs in " + children.folder());
                }
                Thread.sleep(200);
            }
        }
    }

    private boolean whole(Admin admin, List<String> names) throws InterruptedException {
        try {
            return admin.describeTopics(names).allTopicNames().get().values().stream()
                    .flatMap(topic -> topic.partitions().stream())
                    .allMatch(partition -> partition.isr().size() == size());
        } catch (ExecutionException e) {
            return false; // a coordinator is being elected
        }
    }

    @Override
    public void close() throws InterruptedException, IOException {
        for (Node node : nodes) {
            if (node.child.isPresent()) {
                node.child.get().kill();
            }
            node.proxy.close();
        }
    }

    private void write(Node node, int hidden) throws IOException {
        String replicas = Integer.toString(size());
        String enough = Integer.toString(size() / 2 + 1);
        Properties properties = new Properties();
        properties.putAll(Map.ofEntries(
                Map.entry("process.roles", "broker,controller"),
                Map.entry("node.id", Integer.toString(node.number)),
                Map.entry(
                        "controller.quorum.voters",
                        nodes.stream()
                                .map(each -> each.number + "@" + HOST + each.controllerPort)
                                .collect(Collectors.joining(","))),
                Map.entry(
                        "listeners",
                        "DIRECT://" + HOST + node.port + ",PROXIED://" + HOST + hidden + ",CONTROLLER://" + HOST
                                + node.controllerPort),
                Map.entry(
                        "advertised.listeners",
                        "DIRECT://" + HOST + node.port + ",PROXIED://" + HOST + node.proxy.port()),
                Map.entry("listener.security.protocol.map", "DIRECT:PLAINTEXT,PROXIED:PLAINTEXT,CONTROLLER:PLAINTEXT"),
                Map.entry("inter.broker.listener.name", "DIRECT"),
                Map.entry("controller.listener.names", "CONTROLLER"),
                Map.entry("log.dirs", folder.resolve("node-" + node.number).toString()),
                Map.entry("default.replication.factor", replicas),
                Map.entry("min.insync.replicas", enough),
                Map.entry("offsets.topic.replication.factor", replicas),
                Map.entry("offsets.topic.num.partitions", "4"),
                Map.entry("transaction.state.log.replication.factor", replicas),
                Map.entry("transaction.state.log.min.isr", enough),
                Map.entry("transaction.state.log.num.partitions", "4"),
                Map.entry("share.coordinator.state.topic.replication.factor", replicas),
                Map.entry("share.coordinator.state.topic.min.isr", enough),
                Map.entry("transaction.abort.timed.out.transaction.cleanup.interval.ms", "1000"),
                Map.entry("group.initial.rebalance.delay.ms", "0")));
        properties.putAll(Map.of(
                // What the classic protocol's members ask for themselves, the other one's are given by the broker.
                "group.consumer.min.session.timeout.ms", "6000",
                "group.consumer.session.timeout.ms", "10000",
                "group.consumer.min.heartbeat.interval.ms", "1000",
                "group.consumer.heartbeat.interval.ms", "3000",
                "broker.session.timeout.ms", "5000",
                "broker.heartbeat.interval.ms", "1000",
                "log.cleaner.dedupe.buffer.size", "2097152",
                "auto.create.topics.enable", "false",
                "num.io.threads", "4",
                "message.max.bytes", Integer.toString(Broker.MAX_RECORD_BYTES)));
        try (Writer out = Files.newBufferedWriter(node.file)) {
            properties.store(out, null);
        }
    }
}
