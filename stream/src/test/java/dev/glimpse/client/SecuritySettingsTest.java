package dev.glimpse.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.glimpse.error.UserError;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecuritySettingsTest {
    private static final String LOGIN = "sasl.jaas.config=a.b.PlainLoginModule required username=\"u\" password=";

    @TempDir
    private Path folder;

    @Test
    void settingsOfTheExampleAreTaken() throws IOException {
        Path authority = Files.createFile(folder.resolve("ca.pem"));
        String example = Files.readString(Path.of("../configs/edge/client.properties"));
        SecuritySettings settings = read(example.replace("/etc/glimpse/kafka-ca.pem", authority.toString()));
        assertThat(settings.values())
                .containsEntry("security.protocol", "SASL_SSL")
                .containsEntry("ssl.truststore.location", authority.toString())
                .hasSize(5);
    }

    @ParameterizedTest
    @ValueSource(strings = {"group.id", "key.deserializer", "enable.auto.commit", "bootstrap.servers", "acks"})
    void settingsThatSayHowToReadOrWriteAreRefused(String name) {
        assertThatThrownBy(() -> read(name + "=x"))
                .isInstanceOf(UserError.class)
                .hasMessage(file() + " holds settings that begin with security., sasl. or ssl., found '" + name
                        + "'; remove it");
    }

    @Test
    void typingErrorIsFound() {
        assertThatThrownBy(() -> read("ssl.trustore.location=x"))
                .isInstanceOf(UserError.class)
                .hasMessageStartingWith(file() + ": Kafka's clients have no setting 'ssl.trustore.location'");
    }

    @Test
    void fileThatASettingNamesMustBeThere() {
        assertThatThrownBy(() -> read("ssl.truststore.location=" + folder.resolve("none.pem")))
                .isInstanceOf(UserError.class)
                .hasMessageStartingWith(file() + ": ssl.truststore.location names the file '")
                .hasMessageEndingWith("none.pem', which cannot be read");
    }

    @Test
    void fileMustBeThereAndBeText() throws IOException {
        assertThatThrownBy(() -> SecuritySettings.read(file())).isInstanceOf(UserError.class);
        Files.write(file(), new byte[] {'a', '=', (byte) 0xC3, '('});
        assertThatThrownBy(() -> SecuritySettings.read(file()))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("expected a properties file in UTF-8");
        assertThatThrownBy(() -> read("ssl.protocol=\\u12")).isInstanceOf(UserError.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"hush\"", "\"a\"hush\";", "hush", "\"\"hush;"})
    void secretStandsInNoError(String secret) {
        assertThatThrownBy(() -> read(LOGIN + secret))
                .isInstanceOf(UserError.class)
                .hasMessageStartingWith(file() + ": sasl.jaas.config is expected to be like")
                .hasMessageNotContaining("hush")
                .hasNoCause();
    }

    @Test
    void secretStandsInNoText() throws IOException {
        assertThat(read(LOGIN + "\"hush\";").toString()).isEqualTo(file().toString());
    }

    private Path file() {
        return folder.resolve("client.properties");
    }

    private SecuritySettings read(String text) throws IOException {
        return SecuritySettings.read(Files.writeString(file(), text, StandardCharsets.UTF_8));
    }
}
