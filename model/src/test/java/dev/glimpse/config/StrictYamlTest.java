package dev.glimpse.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.glimpse.error.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StrictYamlTest {
    enum Mode {
        EXACTLY_ONCE,
        AT_LEAST_ONCE
    }

    record Server(
            @FromEnvironment String host, @FromEnvironment int port) {
        Server {
            UserError.require(port > 0, "port must be positive, was %d", port);
        }
    }

    record Settings(
            String name,
            double rate,
            boolean loud,
            Mode mode,
            List<Integer> widths,
            Map<String, String> extra,
            Server server) {}

    private static final String GOOD = """
            name: edge
            rate: 8
            loud: false
            mode: exactly-once
            widths: [1, 2]
            extra: {acks: all}
            server: {host: "${HOST:localhost}", port: "${PORT:80}"}
            """;

    @TempDir
    Path folder;

    @Test
    void aCompleteFileBecomesARecord() {
        assertThat(load(GOOD))
                .isEqualTo(new Settings(
                        "edge",
                        8,
                        false,
                        Mode.EXACTLY_ONCE,
                        List.of(1, 2),
                        Map.of("acks", "all"),
                        new Server("localhost", 80)));
    }

    record WithSection(String name, Optional<Server> server) {}

    @Test
    void anOptionalSectionMayBeAbsent() {
        assertThat(StrictYaml.load(write("name: edge\n"), WithSection.class, Map.of()))
                .isEqualTo(new WithSection("edge", Optional.empty()));
    }

    @Test
    void anOptionalSectionThatIsThereIsReadAsStrictly() {
        assertThat(StrictYaml.load(write("name: edge\nserver: {host: a, port: 80}\n"), WithSection.class, Map.of()))
                .isEqualTo(new WithSection("edge", Optional.of(new Server("a", 80))));
        assertThatThrownBy(() -> StrictYaml.load(write("name: edge\nserver: {host: a}\n"), WithSection.class, Map.of()))
                .hasMessageContaining("server.port: missing; every field is required");
        assertThatThrownBy(() -> StrictYaml.load(write("name: edge\nserver:\n"), WithSection.class, Map.of()))
                .hasMessageContaining("server: expected a value, it may not be empty, found nothing");
    }

    @Test
    void markedFieldsComeFromTheEnvironment() {
        Settings settings = StrictYaml.load(write(GOOD), Settings.class, Map.of("HOST", "broker", "PORT", "9092"));
        assertThat(settings.server()).isEqualTo(new Server("broker", 9092));
    }

    @Test
    void aTypoIsNamedAsUnknownField() {
        refused(GOOD.replace("rate:", "rte:"), "rte: unknown field; expected one of [extra, loud, mode, name, rate");
    }

    @Test
    void aMissingFieldIsNamedByItsPath() {
        refused(GOOD.replace(", port: \"${PORT:80}\"", ""), "server.port: missing; every field is required");
    }

    @Test
    void anEmptyValueIsNotANull() {
        refused(GOOD.replace("name: edge", "name:"), "name: expected a value, it may not be empty, found nothing");
    }

    @Test
    void aFractionIsNoWholeNumber() {
        refused(GOOD.replace("[1, 2]", "[1, 2.5]"), "widths[1]: expected a whole number, found 2.5");
    }

    @Test
    void aRepeatedFieldIsRefused() {
        refused(GOOD + "name: again\n", "Duplicate field 'name'");
    }

    @Test
    void anUnknownConstantListsTheKnownOnes() {
        refused(
                GOOD.replace("exactly-once", "twice"),
                "mode: expected one of [exactly-once, at-least-once], found \"twice\"");
    }

    @Test
    void aVariableWithoutValueOrDefaultIsRefused() {
        refused(GOOD.replace("${HOST:localhost}", "${HOST}"), "server.host: environment variable HOST is not set");
    }

    record Secrets(@FromEnvironment Map<String, String> security, Map<String, String> plain) {}

    @Test
    void valuesOfAMarkedMapComeFromTheEnvironment() {
        Path file = write("security: {sasl.jaas: \"user ${NAME} ${WORD}\"}\nplain: {a: \"${NAME:b}\"}\n");
        Secrets read = StrictYaml.load(file, Secrets.class, Map.of("NAME", "edge", "WORD", "$1 \\ secret"));
        assertThat(read.security()).containsEntry("sasl.jaas", "user edge $1 \\ secret");
        assertThat(read.plain()).containsEntry("a", "${NAME:b}");
        assertThatThrownBy(() -> StrictYaml.load(file, Secrets.class, Map.of("NAME", "edge")))
                .hasMessageContaining("security.sasl.jaas: environment variable WORD is not set");
    }

    @Test
    void variablesAreNotReadInUnmarkedFields() {
        assertThat(load(GOOD.replace("name: edge", "name: \"${HOST:x}\"")).name())
                .isEqualTo("${HOST:x}");
    }

    @Test
    void whatTheRecordItselfRefusesIsNamedByItsPath() {
        refused(GOOD.replace("${PORT:80}", "${PORT:-1}"), "server: port must be positive, was -1");
    }

    @Test
    void brokenYamlIsNamedByItsLine() {
        refused("name: [1,\nrate: }", ":2: not valid YAML");
    }

    @Test
    void aMissingFileIsNamed() {
        assertThatThrownBy(() -> StrictYaml.load(folder.resolve("no.yaml"), Settings.class))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("no.yaml: expected a settings file in YAML, found none");
    }

    private void refused(String yaml, String message) {
        assertThatThrownBy(() -> load(yaml))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("settings.yaml")
                .hasMessageContaining(message);
    }

    private Settings load(String yaml) {
        return StrictYaml.load(write(yaml), Settings.class, Map.of());
    }

    private Path write(String yaml) {
        try {
            return Files.writeString(folder.resolve("settings.yaml"), yaml);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
