package dev.glimpse.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.glimpse.config.StrictYaml;
import dev.glimpse.device.EngineName;
import dev.glimpse.error.UserError;
import dev.glimpse.kafka.KafkaSettings;
import dev.glimpse.trace.TracingSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EdgeSettingsTest {
    private static final Path LOCAL = Path.of("../configs/edge/local.yaml");

    @TempDir
    private Path work;

    @Test
    void localSettingsAreWholeAndListenOnThisMachineAlone() {
        EdgeSettings settings = StrictYaml.load(LOCAL, EdgeSettings.class);
        assertThat(settings.http().host()).isEqualTo("127.0.0.1");
        assertThat(settings.kafka().delivery()).isEqualTo(KafkaSettings.Delivery.EXACTLY_ONCE);
        assertThat(settings.kafka().worker()).isEqualTo("edge-0");
        assertThat(settings.kafka().transactionalId()).isEqualTo("glimpse-edge-0");
    }

    @Test
    void typoIsNamedWithItsPath() throws IOException {
        assertThatThrownBy(() -> load("inFlight:", "inFligth:"))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("kafka.inFligth: unknown field");
    }

    @Test
    void otherHostNeedsATokenAndACertificate() throws IOException {
        assertThatThrownBy(() -> load("${GLIMPSE_HOST:127.0.0.1}", "0.0.0.0"))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("set http.token and http.tls");
    }

    @Test
    void certificateNeedsItsKey() {
        assertThatThrownBy(() -> load("certificate: \"\"", "certificate: web.pem"))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("http.tls: give both certificate and key");
    }

    @Test
    void bundlesAreNotWatchedForAndTheLadderIsThere() {
        EdgeSettings settings = StrictYaml.load(LOCAL, EdgeSettings.class);
        assertThat(settings.rollout().watches()).isFalse();
        assertThat(settings.ladder().lowest()).isEqualTo(5);
    }

    @Test
    void securityTakesNothingButSecurity() throws IOException {
        assertThatThrownBy(() -> load("security: {}", "security: {acks: \"0\"}"))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("begin with security., sasl. or ssl.");
        assertThat(load("security: {}", "security: {sasl.jaas.config: 'A required password=secret;'}")
                        .kafka()
                        .toString())
                .doesNotContain("secret");
    }

    @Test
    void passwordThatIsQuotedWronglyIsNotQuotedInTheError() {
        assertThatThrownBy(() ->
                        load("security: {}", "security: {sasl.jaas.config: 'A required password=\"a\"secret\";'}"))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("kafka: security: sasl.jaas.config is expected to be like")
                .hasMessageNotContaining("ecret\"");
    }

    @Test
    void settingsOfTheJetsonAreWholeAndInsistOnTensorRt() {
        EdgeSettings settings = StrictYaml.load(LOCAL.resolveSibling("jetson-orin.yaml"), EdgeSettings.class);
        assertThat(settings.engine().name()).isEqualTo(EngineName.TENSORRT);
    }

    @Test
    void settingsOfAClusterTakeTheirSecretsFromTheEnvironmentOnly() {
        assertThatThrownBy(() -> StrictYaml.load(LOCAL.resolveSibling("cluster.yaml"), EdgeSettings.class))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("kafka.bootstrap: environment variable GLIMPSE_KAFKA is not set");
    }

    @Test
    void nothingIsTracedUnlessAskedFor() {
        EdgeSettings settings = StrictYaml.load(LOCAL, EdgeSettings.class);
        assertThat(settings.tracing().exporter()).isEqualTo(TracingSettings.Exporter.NONE);
    }

    @Test
    void engineIsOneOfThree() throws IOException {
        assertThat(load("name: auto", "name: tensorrt").engine().name()).isEqualTo(EngineName.TENSORRT);
        assertThatThrownBy(() -> load("name: auto", "name: tensorflow"))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("engine.name")
                .hasMessageContaining("onnxruntime");
    }

    private EdgeSettings load(String what, String with) throws IOException {
        String text = Files.readString(LOCAL);
        assertThat(text).contains(what);
        return StrictYaml.load(
                Files.writeString(work.resolve("edge.yaml"), text.replace(what, with)), EdgeSettings.class);
    }
}
