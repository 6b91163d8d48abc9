package dev.glimpse.demo;

import static org.apache.kafka.common.acl.AclOperation.READ;
import static org.apache.kafka.common.acl.AclOperation.WRITE;
import static org.apache.kafka.common.resource.PatternType.LITERAL;
import static org.apache.kafka.common.resource.PatternType.PREFIXED;
import static org.apache.kafka.common.resource.ResourceType.GROUP;
import static org.apache.kafka.common.resource.ResourceType.TOPIC;
import static org.apache.kafka.common.resource.ResourceType.TRANSACTIONAL_ID;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
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
                    Stream.of(new Right(WRITE, new ResourcePattern(TRANSACTIONAL_ID, "glimpse-edge-", PREFIXED))))
            .flatMap(rights -> rights)
            .toList();

    /** A user who sends frames and reads captions. */
    static final String CLIENT = "client";

    private static final List<Right> RIGHTS_OF_CLIENT = Stream.concat(
                    rights(WRITE, TOPIC, "frames"), rights(READ, TOPIC, "captions"))
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
    record Right(AclOperation operation, ResourcePattern resource) {
        /** As errors spell it; what they name begins so. */
        String words() {
            String what =
                    resource.resourceType().name().toLowerCase(Locale.ROOT).replace('_', ' ');
            return (operation == READ ? "Read" : "Write") + " on " + what + " " + resource.name();
        }

        /** A user who has every other right. */
        String userWithout() {
            return "without-" + resource.resourceType().name() + "-" + resource.name();
        }
    }

    static List<Right> rights() {
        return RIGHTS;
    }

    static GuardedCluster start(Path work) throws Exception {
        Path authority = work.resolve("ca.pem");
        Path store = certificate(work, authority);
        int port = Ports.free(1).get(0);
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

    /** Users in their order: the one with all rights comes last, so that the others are known when it is. */
    private static void letIn(String bootstrap) throws Exception {
        Map<String, List<Right>> users = users();
        List<AclBinding> bindings = new ArrayList<>();
        users.forEach((user, rights) -> rights.forEach(right -> bindings.add(binding(user, right))));
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
            admin.createAcls(bindings).all().get();
            for (String user : users.keySet()) {
                var mechanism = new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, ITERATIONS);
                admin.alterUserScramCredentials(List.of(new UserScramCredentialUpsertion(user, mechanism, PASSWORD)))
                        .all()
                        .get();
            }
        }
    }

    private static Map<String, List<Right>> users() {
        Map<String, List<Right>> users = new LinkedHashMap<>();
        for (Right missing : RIGHTS) {
            users.put(
                    missing.userWithout(),
                    RIGHTS.stream().filter(right -> !right.equals(missing)).toList());
        }
        users.put(CLIENT, RIGHTS_OF_CLIENT);
        users.put("worker", RIGHTS);
        return users;
    }

    private static AclBinding binding(String user, Right right) {
        return new AclBinding(
                right.resource(),
                new AccessControlEntry("User:" + user, "*", right.operation(), AclPermissionType.ALLOW));
    }

    private static Stream<Right> rights(AclOperation operation, ResourceType type, String... names) {
        return Arrays.stream(names).map(name -> new Right(operation, new ResourcePattern(type, name, LITERAL)));
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
