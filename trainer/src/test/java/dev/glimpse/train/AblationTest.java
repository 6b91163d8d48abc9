package dev.glimpse.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.glimpse.cli.Cli;
import dev.glimpse.config.StrictYaml;
import dev.glimpse.error.UserError;
import dev.glimpse.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AblationTest {
    private static final String ZERO =
            "{attention: 0, hidden: 0, hiddenMse: 0, hiddenMseFade: 0, classification: 0, relations: 0}";

    @TempDir
    private Path folder = Path.of("");

    @Test
    void armsShareWhatTheyHaveInCommonAndGoOnWhereTheyStopped() throws IOException {
        new DrawnRun(folder, 6).taught(6);
        Path file = Files.writeString(folder.resolve("ablation.yaml"), """
                name: small
                base: train.yaml
                seeds: [1, 2]
                reference: none
                set: []
                arms:
                  teacher-adapted: {seeds: 1, measures: teacher-aligned, set: []}
                  all: {seeds: 1, measures: student, set: []}
                  none: {seeds: 2, measures: student, set: ["*.distillation.weights=%1$s"]}
                  finetune-only: {seeds: 1, measures: student, set: ["pretrain.distillation.weights=%1$s"]}
                  none-equal-time:
                    seeds: 1
                    measures: student
                    timeOf: {arm: all, pace: none}
                    set: ["*.distillation.weights=%1$s"]
                """.formatted(ZERO));
        Path root = folder.resolve("runs");
        assertThat(train(file, root, "--arms", "none,all", "--seeds", "1")).isZero();
        assertThat(root).isDirectoryContaining("glob:**/all-1").isDirectoryContaining("glob:**/none-1");
        assertThat(root).isDirectoryNotContaining("glob:**/{none-2,finetune-only-1,ablation.*}");
        String before = Files.readString(root.resolve("all-1/stages/caption.json"));

        assertThat(train(file, root)).isZero();
        assertThat(root.resolve("all-1/stages/caption.json")).content().isEqualTo(before);
        JsonNode results = Json.read(root.resolve("ablation.json"), JsonNode.class);
        List<String> arms = new ArrayList<>();
        results.forEach(
                r -> arms.add(r.get("arm").asText() + "-" + r.get("seed").asInt()));
        assertThat(arms)
                .containsExactly(
                        "teacher-adapted-1", "all-1", "none-1", "none-2", "finetune-only-1", "none-equal-time-1");
        assertThat(results.get(1).get("crossEntropy").asDouble()).isPositive();
        assertThat(root.resolve("none-2/teacher-caption.safetensors")).isSymbolicLink();
        assertThat(root.resolve("none-2/captions/teacher.json"))
                .isSymbolicLink()
                .isRegularFile();
        assertThat(root.resolve("none-2/report.html")).content().contains("<th>teacher</th>");
        assertThat(root.resolve("finetune-only-1/student-pretrained.safetensors"))
                .isSymbolicLink()
                .hasSameBinaryContentAs(root.resolve("none-1/student-pretrained.safetensors"));
        assertThat(root.resolve("none-2/student-pretrained.safetensors")).isRegularFile();
        assertThat(Files.isSymbolicLink(root.resolve("none-2/student-pretrained.safetensors")))
                .isFalse();
        assertThat(root.resolve("ablation.md")).content().contains("| none | 2 |", "| all | 1 |");
        assertThat(root.resolve("ablation.html")).content().contains("finetune-only, seed 1", "<svg");

        assertThat(train(file, root)).isZero();
        assertThat(root.resolve("all-1/stages/caption.json")).content().isEqualTo(before);
        assertThat(Json.read(root.resolve("ablation.json"), JsonNode.class)).isEqualTo(results);
    }

    @Test
    void armsAndSeedsThatAreNotThereAreWrongUse() throws IOException {
        new DrawnRun(folder, 6).taught(6);
        Path file = comparison(
                "[1, 2]",
                "[]",
                "none: {seeds: 2, measures: student, set: []}",
                "all: {seeds: 1, measures: student, set: []}");
        Path root = folder.resolve("runs");
        assertThat(errors(file, "--arms", "none,nobody"))
                .contains("--arms: expected some of [none, all], found 'nobody'");
        assertThat(errors(file, "--seeds", "1,3")).contains("--seeds: expected some of [1, 2], found '3'");
        assertThat(errors(file, "--arms", "all", "--seeds", "2"))
                .contains("--seeds: none of the arms [all] is run with a seed of [2]");
        assertThat(errors(folder.resolve("train.yaml"), "--arms", "all"))
                .contains("train.yaml is the settings of one run, expected a comparison with arms");
        assertThat(root).doesNotExist();
    }

    @Test
    void comparisonIsRefusedOnDevicesThatCannotComputeAsAsked() throws IOException {
        new DrawnRun(folder, 6).taught(6);
        Path file = comparison("[1]", "[]", "none: {seeds: 1, measures: student, set: []}");
        Path root = folder.resolve("runs");
        assertThat(train(file, root, "--precision", "fp16")).isEqualTo(1); // on a CPU
        assertThat(root).doesNotExist();
    }

    @Test
    void settingThatTheBaseDoesNotHaveIsRefusedBeforeAnythingRuns() throws IOException {
        new DrawnRun(folder, 6).taught(6);
        Path file = comparison(
                "[1]", "[]", "none: {seeds: 1, measures: student, set: [\"pretrain.distilation.weights.hidden=0\"]}");
        AblationConfig config = StrictYaml.load(file, AblationConfig.class);
        assertThatThrownBy(() -> config.settings(folder, "none", List.of()))
                .isInstanceOf(UserError.class)
                .hasMessage("arm none: the base has no setting pretrain.distilation.weights.hidden");
    }

    @Test
    void settingsOfAllArmsComeBeforeThoseOfAnArm() throws IOException {
        new DrawnRun(folder, 6).taught(6);
        Path file = comparison(
                "[1]",
                "[\"*.share=0.5\", \"*.optimizer.steps=4\"]",
                "none: {seeds: 1, measures: student, set: [\"caption.share=0.25\"]}");
        TrainConfig settings = StrictYaml.load(file, AblationConfig.class).settings(folder, "none", List.of("seed=7"));
        assertThat(settings.seed()).isEqualTo(7);
        assertThat(settings.pretrain().share()).isEqualTo(0.5);
        assertThat(settings.caption().share()).isEqualTo(0.25);
        assertThat(settings.vqa().share()).isEqualTo(0.5);
        assertThat(settings.caption().optimizer().steps()).isEqualTo(4);
    }

    @Test
    void settingsOfTheArmThatAnArmIsLikeComeBeforeItsOwn() throws IOException {
        new DrawnRun(folder, 6).taught(6);
        Path file = comparison(
                "[1]",
                "[\"*.share=0.5\"]",
                "none: {seeds: 1, measures: student, set: [\"caption.share=0.25\", \"vqa.share=0.25\"]}",
                "more: {seeds: 1, measures: student, like: {arm: none}, set: [\"caption.share=0.75\"]}",
                "most: {seeds: 1, measures: student, like: {arm: more}, against: {arm: more}, set: []}");
        AblationConfig config = StrictYaml.load(file, AblationConfig.class);
        TrainConfig settings = config.settings(folder, "most", List.of());
        assertThat(settings.pretrain().share()).isEqualTo(0.5);
        assertThat(settings.caption().share()).isEqualTo(0.75);
        assertThat(settings.vqa().share()).isEqualTo(0.25);
        assertThat(config.against("more")).isEqualTo("none");
        assertThat(config.against("most")).isEqualTo("more");
    }

    @Test
    void everyArmOfTheSmallComparisonHasWholeSettings() {
        Path folder = Path.of("..", "configs", "tiny");
        AblationConfig config = StrictYaml.load(folder.resolve("ablation.yaml"), AblationConfig.class);
        assertThat(config.arms())
                .containsKeys(
                        "teacher",
                        "teacher-adapted",
                        "ceiling",
                        "none",
                        "none-equal-time",
                        "none-converged",
                        "attention",
                        "hidden-mse",
                        "hidden-nce",
                        "classification",
                        "attention+nce",
                        "all",
                        "pretrain-only",
                        "finetune-only",
                        "teacher-unadapted",
                        "boxes-unaligned",
                        "queue-0",
                        "queue-256",
                        "all-10pct",
                        "none-10pct",
                        "beyond");
        config.arms().keySet().forEach(arm -> {
            TrainConfig settings = config.settings(folder, arm, List.of());
            boolean taught = settings.pretrain().distillation().isPresent()
                    || settings.caption().distillation().isPresent();
            assertThat(taught).as(arm).isEqualTo(!arm.startsWith("none"));
        });
    }

    @Test
    void armsMustBeThere() throws IOException {
        Path file = Files.writeString(folder.resolve("ablation.yaml"), """
                name: small
                base: train.yaml
                seeds: [1]
                reference: nobody
                set: []
                arms:
                  none: {seeds: 1, measures: student, set: []}
                """);
        assertThatThrownBy(() -> StrictYaml.load(file, AblationConfig.class))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("reference: expected one of the arms, found 'nobody'");
    }

    @Test
    void armThatAnArmIsLikeComesBeforeIt() throws IOException {
        Path file = comparison(
                "[1]",
                "[]",
                "none: {seeds: 1, measures: student, like: {arm: all}, set: []}",
                "all: {seeds: 1, measures: student, set: []}");
        assertThatThrownBy(() -> StrictYaml.load(file, AblationConfig.class))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("arm none: like: expected an arm that comes before it, found 'all'");
    }

    @Test
    void armThatAnArmIsComparedWithMustBeThere() throws IOException {
        Path file = comparison("[1]", "[]", "none: {seeds: 1, measures: student, against: {arm: nobody}, set: []}");
        assertThatThrownBy(() -> StrictYaml.load(file, AblationConfig.class))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("arm none: against: expected one of the arms, found 'nobody'");
    }

    /** A comparison with runs of the base, whose reference is the arm {@code none}. */
    private Path comparison(String seeds, String set, String... arms) throws IOException {
        return Files.writeString(folder.resolve("ablation.yaml"), """
                name: small
                base: train.yaml
                seeds: %s
                reference: none
                set: %s
                arms:
                  %s
                """.formatted(seeds, set, String.join("\n  ", arms)));
    }

    private static int train(Path file, Path root, String... options) {
        return Cli.run(
                new TrainCommand(),
                Stream.concat(Stream.of(file.toString(), "--run", root.toString()), Stream.of(options))
                        .toArray(String[]::new));
    }

    /** What a command that is wrongly used says. */
    private String errors(Path file, String... options) {
        PrintStream before = System.err;
        ByteArrayOutputStream caught = new ByteArrayOutputStream();
        System.setErr(new PrintStream(caught, true, StandardCharsets.UTF_8));
        try {
            assertThat(train(file, folder.resolve("runs"), options)).isEqualTo(2);
        } finally {
            System.setErr(before);
        }
        return caught.toString(StandardCharsets.UTF_8);
    }
}
