package dev.glimpse.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.glimpse.cli.Cli;
import dev.glimpse.client.AskCommand;
import dev.glimpse.client.FeedCommand;
import dev.glimpse.client.WatchCommand;
import dev.glimpse.config.StrictYaml;
import dev.glimpse.edge.EdgeRuntime;
import dev.glimpse.edge.EdgeSettings;
import dev.glimpse.edge.RunCommand;
import dev.glimpse.error.UserError;
import dev.glimpse.fault.site.HashingCaptioner;
import dev.glimpse.kafka.KafkaWorker;
import dev.glimpse.web.ModelCard;
import dev.glimpse.wire.Position;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The settings for a guarded cluster, on one: TLS, SCRAM, an authorizer, and no more rights than the manual names. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ClusterIT {
    private static final Path FILE = Path.of("../configs/edge/cluster.yaml");
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{(\\w+)(?::([^}]*))?}");
    private static final Pattern GRANT = Pattern.compile(" +acl --operation (\\w+)(.*)");
    private static final Pattern RESOURCE = Pattern.compile(" --(topic|group|transactional-id) (\\S+)");
    private static final String PREFIXED = " --resource-pattern-type prefixed";
    private static final Duration SOON = Duration.ofSeconds(30);

    private Path work;
    private GuardedCluster cluster;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        work = folder;
        BrokerLog.to(work.resolve("broker.log"));
        cluster = GuardedCluster.start(work);
        knowsItsUsers();
    }

    @AfterAll
    void stop() throws IOException {
        cluster.close();
    }

    @Test
    void captionComesThroughWithTheRightsOfTheManualAlone() throws Exception {
        EdgeSettings settings = StrictYaml.load(file("worker"), EdgeSettings.class);
        try (Wire wire = new Wire(cluster.broker.bootstrap(), World.PARTITIONS);
                EdgeRuntime runtime = new EdgeRuntime(
                        settings, ModelCard.NONE, () -> new HashingCaptioner(HashingCaptioner.DIGEST, 1000))) {
            runtime.start();
            while (!runtime.ready()) {
                Thread.sleep(20);
            }
            Position seen = wire.send("gate", Wire.jpeg(1));
            Position refused = wire.send("gate", new byte[0]);
            wire.awaitOutcomes(2, SOON);
            assertThat(wire.outcome(seen)).isEqualTo("caption");
            assertThat(wire.outcome(refused)).isEqualTo("value-empty");
            assertThat(runtime.failure()).isNotDone();
        }
    }

    @Test
    @Timeout(120)
    void pictureIsFedAndItsCaptionWatchedByTheCommands() throws Exception {
        String picture = Files.write(work.resolve("picture.jpg"), Wire.jpeg(2)).toString();
        String[] broker = {"--bootstrap", cluster.door, "--client-config", client(GuardedCluster.PASSWORD)};
        EdgeSettings settings = StrictYaml.load(file("worker"), EdgeSettings.class);
        try (EdgeRuntime runtime =
                new EdgeRuntime(settings, ModelCard.NONE, () -> new HashingCaptioner(HashingCaptioner.DIGEST, 1000))) {
            runtime.start();
            var watching = CompletableFuture.supplyAsync(
                    () -> Ran.command(new WatchCommand(), with(broker, "--camera", "door", "--limit", "1")));
            while (!watching.isDone()) {
                assertThat(Cli.run(new FeedCommand(), with(broker, picture, "--camera", "door")))
                        .isZero();
            }
            assertThat(watching.get().code()).as(watching.get().errors()).isZero();
            assertThat(watching.get().output()).containsPattern("door +hash ");
        }
    }

    @Test
    void commandsSayWhatTheClusterRefuses() throws Exception {
        String wrong = client("guessed");
        Ran password = Ran.command(new WatchCommand(), "--bootstrap", cluster.door, "--client-config", wrong);
        assertThat(password.code()).isEqualTo(1);
        assertThat(password.errors()).contains("do not agree", "mend " + wrong).doesNotContain("guessed");

        String right = client(GuardedCluster.PASSWORD);
        Ran topic = Ran.command(
                new AskCommand(), "why?", "--camera", "door", "--bootstrap", cluster.door, "--client-config", right);
        assertThat(topic.code()).isEqualTo(1);
        assertThat(topic.errors()).contains("does not let this user read topic answers");
    }

    @ParameterizedTest
    @MethodSource("dev.glimpse.demo.GuardedCluster#rights")
    void rightThatIsMissingIsNamedAtTheStart(GuardedCluster.Right right) throws Exception {
        EdgeSettings settings = StrictYaml.load(file(right.userWithout()), EdgeSettings.class);
        assertThatThrownBy(() -> KafkaWorker.take(settings.kafka()).release())
                .isInstanceOf(UserError.class)
                .hasMessageContaining("grant it " + right.words());
    }

    @Test
    void rightThatIsMissingEndsTheServiceWithOne() throws Exception {
        GuardedCluster.Right right = GuardedCluster.rights().get(0);
        assertThat(Cli.run(new RunCommand(), file(right.userWithout()).toString()))
                .isEqualTo(1);
    }

    @Test
    void manualNamesTheseRightsAndNoOthers() throws IOException {
        List<GuardedCluster.Right> named = new ArrayList<>();
        for (String line : Files.readAllLines(Path.of("../docs/operations.md"))) {
            Matcher grant = GRANT.matcher(line);
            if (grant.matches()) {
                AclOperation operation = AclOperation.fromString(grant.group(1));
                PatternType pattern = grant.group(2).endsWith(PREFIXED) ? PatternType.PREFIXED : PatternType.LITERAL;
                RESOURCE.matcher(grant.group(2)).results().forEach(on -> {
                    ResourceType type = ResourceType.fromString(on.group(1).replace('-', '_'));
                    named.add(new GuardedCluster.Right(operation, new ResourcePattern(type, on.group(2), pattern)));
                });
            }
        }
        assertThat(named).containsExactlyInAnyOrderElementsOf(GuardedCluster.rights());
    }

    @Test
    void wrongPasswordEndsTheStartAndIsNotRepeated() throws Exception {
        Path wrong = work.resolve("wrong.yaml");
        Files.writeString(wrong, Files.readString(file("worker")).replace(GuardedCluster.PASSWORD, "guessed"));
        assertThatThrownBy(() -> KafkaWorker.take(
                        StrictYaml.load(wrong, EdgeSettings.class).kafka()))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("refuses this worker")
                .hasMessageNotContaining("guessed");
    }

    /** Users and rights reach the broker's own listener a moment after they are made. */
    private void knowsItsUsers() throws Exception {
        EdgeSettings settings = StrictYaml.load(file("worker"), EdgeSettings.class);
        long end = System.nanoTime() + SOON.toNanos();
        while (true) {
            try {
                KafkaWorker.take(settings.kafka()).release();
                return;
            } catch (UserError e) {
                if (System.nanoTime() > end) {
                    throw e;
                }
                Thread.sleep(100);
            }
        }
    }

    /** The example for the commands as somebody has it who may send frames and read captions; its path. */
    private String client(String password) throws IOException {
        String text = Files.readString(FILE.resolveSibling("client.properties"))
                .replace("USER", GuardedCluster.CLIENT)
                .replace("PASSWORD", password)
                .replace("/etc/glimpse/kafka-ca.pem", cluster.authority.toString());
        return Files.writeString(Files.createTempFile(work, "client", ".properties"), text)
                .toString();
    }

    private static String[] with(String[] broker, String... others) {
        return Stream.of(broker, others).flatMap(Arrays::stream).toArray(String[]::new);
    }

    /** The file as an installation has it, with the environment of this test. */
    private Path file(String user) throws IOException {
        Map<String, String> environment = Map.of(
                "GLIMPSE_KAFKA",
                cluster.door,
                "GLIMPSE_KAFKA_USER",
                user,
                "GLIMPSE_KAFKA_PASSWORD",
                GuardedCluster.PASSWORD,
                "GLIMPSE_KAFKA_CA",
                cluster.authority.toString(),
                "GLIMPSE_PORT",
                "0");
        String text = VARIABLE.matcher(Files.readString(FILE).replace("/var/lib/glimpse", work.toString()))
                .replaceAll(found ->
                        Matcher.quoteReplacement(environment.getOrDefault(found.group(1), "" + found.group(2))));
        return Files.writeString(work.resolve(user + ".yaml"), text);
    }
}
