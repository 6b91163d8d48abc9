package dev.glimpse.cost;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.glimpse.cli.Cli;
import dev.glimpse.config.StrictYaml;
import dev.glimpse.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelsCommandTest {
    private static final String TINY = "../configs/tiny/train.yaml";

    @TempDir
    private Path folder = Path.of("");

    @Test
    void teacherAndStudentDoAsMuchAsTheyCan() {
        Path json = folder.resolve("models.json");
        assertThat(run(
                        0,
                        TINY,
                        "--run",
                        "../bundles/default",
                        "--words",
                        "2",
                        "--repeats",
                        "1",
                        "--json",
                        json.toString()))
                .contains("parameters, detector", "MMAC, 2 words and the end", "ms of processor, caption, median");
        JsonNode written = Json.read(json, JsonNode.class);
        for (String who : List.of("teacher", "student")) {
            assertThat(written.at("/" + who + "/regions").asInt()).as(who).isEqualTo(16);
            assertThat(written.at("/" + who + "/detect/median").asDouble()).isPositive();
            assertThat(written.at("/" + who + "/caption/runs").asInt()).isEqualTo(1);
            JsonNode size = written.at("/" + who + "/size");
            assertThat(size.path("parameters").asLong())
                    .isEqualTo(size.path("detectorParameters").asLong()
                            + size.path("transformerParameters").asLong());
            assertThat(size.path("multiplyAdds").asLong())
                    .isGreaterThan(size.path("caption").asLong());
        }
        assertThat(written.at("/student/size/caption").asLong())
                .isLessThan(written.at("/teacher/size/caption").asLong());
    }

    @Test
    void whatCannotBeMeasuredIsSaid() {
        assertThat(run(1, TINY, "--words", "19")).contains("--words: expected 1 to 18, the longest caption, found 19");
        assertThat(run(1, TINY, "--repeats", "0")).contains("--repeats: expected at least 1, found 0");
        assertThat(run(1, TINY, "--run", folder + "/none")).contains("expected the directory of a run or a bundle");
        assertThat(run(1, TINY, "--run", folder.toString())).contains("labels.json: missing");
        assertThat(run(1, undistilled().toString())).contains("no section teacher to compare with");
    }

    private Path undistilled() {
        ObjectNode tree = (ObjectNode) StrictYaml.tree(Path.of(TINY));
        tree.remove("teacher");
        for (String stage : List.of("pretrain", "caption", "vqa")) {
            ((ObjectNode) tree.get(stage)).remove("distillation");
        }
        Path file = folder.resolve("train.yaml");
        Json.write(file, tree);
        return file;
    }

    /** What the command prints. */
    private static String run(int code, String... arguments) {
        PrintStream out = System.out;
        PrintStream err = System.err;
        ByteArrayOutputStream caught = new ByteArrayOutputStream();
        PrintStream both = new PrintStream(caught, true, StandardCharsets.UTF_8);
        System.setOut(both);
        System.setErr(both);
        try {
            assertThat(Cli.run(new ModelsCommand(), arguments)).isEqualTo(code);
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
        return caught.toString(StandardCharsets.UTF_8);
    }
}
