package dev.glimpse.train;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.glimpse.config.StrictYaml;
import dev.glimpse.error.UserError;
import dev.glimpse.json.Json;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void studentThatBeginsAsItsTeacherHasNoOtherFileToBeginWith() {
        Path file = new DrawnRun(folder, 6).taught(6).file();
        ObjectNode tree = (ObjectNode) StrictYaml.tree(file);
        ((ObjectNode) tree.get("pretrain")).put("initialise", "teacher");
        tree.putObject("start").put("student", "minilm.safetensors");
        Json.write(file, tree);
        assertThatThrownBy(() -> StrictYaml.load(file, TrainConfig.class))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("leave out start.student, or set pretrain.initialise to random");
    }
}
