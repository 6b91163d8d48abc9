package dev.glimpse.demo;

import static org.apache.kafka.common.acl.AclOperation.READ;
import static org.apache.kafka.common.acl.AclOperation.WRITE;
import static org.apache.kafka.common.resource.ResourceType.GROUP;
import static org.apache.kafka.common.resource.ResourceType.TOPIC;
import static org.apache.kafka.common.resource.ResourceType.TRANSACTIONAL_ID;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/**
 * A broker with two doors: an open one for who looks after it, and one with TLS, SCRAM and an authorizer for workers. Every
 * user has the same password and the rights of the manual, but for one where its name says so.
 */
final class GuardedCluster implements AutoCloseable {
    static final String PASSWORD = "of-a-worker $1";
    private static final String STORE_PASSWORD = "for-this-test";
    private static final int ITERATIONS = 4096;
    private static final List<Right> RIGHTS = Stream.of(
                    rights(READ, TOPIC, "frames", "questions", "standing-questions"),
                    rights(WRITE, TOPIC, "captions", "answers", "skipped", "rejected", "control"),
                    rights(READ, GROUP, "glimpse"),
                    rights(WRITE, TRANSACTIONAL_ID, "edge-0"))
            .flatMap(List::stream)
            .toList();

    final Broker broker;
    final Path authority;
    final String door;

    private GuardedCluster(Broker broker, Path authority, String door) {
        this.broker = broker;
        this.authority = authority;
        this.door = door;
    }

    /** One line of the manual's table of rights. */
    record Right(AclOperation operation, ResourceType type, String name) {
        /** As errors and manual spell it. */
        String words() {
            String what = type.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
            return (operation == READ ? "Read" : "Write") + " on " + what + " " + name;
        }

        /** A user who has every other right. */
        String userWithout() {
            return "without-" + type.name() + "-" + name;
        }
    }

    static List<Right> rights() {
        return RIGHTS;
    }

    static GuardedCluster start(Path work) throws Exception {
        Path authority = work.resolve("ca.pem");
        Path store = certificate(work, authority);
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        Broker broker = Broker.start(
                Map.of(
                        "listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT,SASL_SSL:SASL_SSL",
                        "ssl.keystore.location", store.toString(),
                        "ssl.keystore.password", STORE_PASSWORD,
                        "ssl.keystore.type", "PKCS12",
                        "sasl.enabled.mechanisms", "SCRAM-SHA-512",
                        "listener.name.sasl_ssl.scram-sha-512.sasl.jaas.config",
                                "org.apache.kafka.common.security.scram.ScramLoginModule required;",
                        "authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
                        "super.users", "User:ANONYMOUS"),
                ",SASL_SSL://127.0.0.1:" + port);
        broker.create(Worker.TOPICS, World.PARTITIONS);
        letIn(broker.bootstrap());
        return new GuardedCluster(broker, authority, "127.0.0.1:" + port);
    }

    /** The user with all rights is made last, so that the others are known when it is. */
    private static void letIn(String bootstrap) throws Exception {
        List<String> users =
                new ArrayList<>(RIGHTS.stream().map(Right::userWithout).toList());
        users.add("worker");
        List<AclBinding> bindings = new ArrayList<>();
        for (String user : users) {
            RIGHTS.stream()
                    .filter(right -> !right.userWithout().equals(user))
                    .forEach(right -> bindings.add(binding(user, right)));
        }
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
            admin.createAcls(bindings).all().get();
            for (String user : users) {
                var mechanism = new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, ITERATIONS);
                admin.alterUserScramCredentials(List.of(new UserScramCredentialUpsertion(user, mechanism, PASSWORD)))
                        .all()
                        .get();
            }
        }
    }

    private static AclBinding binding(String user, Right right) {
        return new AclBinding(
                new ResourcePattern(right.type(), right.name(), PatternType.LITERAL),
                new AccessControlEntry("User:" + user, "*", right.operation(), AclPermissionType.ALLOW));
    }

    private static List<Right> rights(AclOperation operation, ResourceType type, String... names) {
        return Arrays.stream(names)
                .map(name -> new Right(operation, type, name))
                .toList();
    }

    /** A certificate that signs itself; its own authority, too. */
    private static Path certificate(Path work, Path authority) throws Exception {
        Path store = work.resolve("broker.p12");
        keytool(
                "-genkeypair -keyalg EC -alias broker -dname CN=broker -ext san=ip:127.0.0.1,dns:localhost -validity 2"
                        + " -storetype PKCS12",
                store);
        keytool("-exportcert -rfc -alias broker -file " + authority, store);
        return store;
    }

    private static void keytool(String arguments, Path store) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments.split(" ")));
        command.addAll(List.of("-keystore", store.toString(), "-storepass", STORE_PASSWORD));
        assertThat(new ProcessBuilder(command).redirectErrorStream(true).start().waitFor())
                .as("keytool %s", arguments)
                .isZero();
    }

    @Override
    public void close() throws IOException {
        broker.close();
    }
}
