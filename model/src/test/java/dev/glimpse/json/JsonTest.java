package dev.glimpse.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.glimpse.error.UserError;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JsonTest {
    record Place(Path folder, int count) {}

    @TempDir
    Path folder;

    @Test
    void aRelativePathStaysAsItWasWritten() {
        assertThat(new String(Json.bytes(new Place(Path.of("data/tiny"), 1)), StandardCharsets.UTF_8))
                .contains("\"folder\" : \"data/tiny\"");
    }

    @Test
    void fractionsNullsRepeatedAndMissingFieldsAreRefused() throws Exception {
        refused("{\"folder\": \"a\", \"count\": 1.5}");
        refused("{\"folder\": \"a\", \"count\": null}");
        refused("{\"folder\": \"a\", \"folder\": \"b\", \"count\": 1}");
        refused("{\"folder\": \"a\"}");
    }

    private void refused(String json) throws Exception {
        Path file = Files.writeString(folder.resolve("place.json"), json);
        assertThatThrownBy(() -> Json.read(file, Place.class))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("place.json");
    }
}
