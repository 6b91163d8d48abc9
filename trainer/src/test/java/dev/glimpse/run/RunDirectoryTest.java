package dev.glimpse.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.glimpse.error.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunDirectoryTest {
    @TempDir
    private Path folder = Path.of("");

    private RunDirectory run = new RunDirectory(Path.of("target"));

    @BeforeEach
    void writeFiles() throws IOException {
        run = new RunDirectory(folder.resolve("run"));
        Files.createDirectories(folder.resolve("pictures"));
        Files.writeString(folder.resolve("pictures/1.jpg"), "one");
        Files.writeString(run.file("out"), "out");
        assertThat(run.isDone(stage("settings"))).isFalse();
        run.finish(stage("settings"), 1);
    }

    @Test
    void finishedStageIsDone() {
        assertThat(run.isDone(stage("settings"))).isTrue();
    }

    @Test
    void changedSettingsInputsOrOutputsMakeItUndone() throws IOException {
        assertThat(run.isDone(stage("other"))).isFalse();
        Files.writeString(run.file("out"), "OUT");
        assertThat(run.isDone(stage("settings"))).isFalse();
        Files.writeString(run.file("out"), "out");
        Files.writeString(folder.resolve("pictures/2.jpg"), "two");
        assertThat(run.isDone(stage("settings"))).isFalse();
    }

    @Test
    void missingInputIsNamed() {
        Stage stage = new Stage("caption", "s", List.of(run.file("student-pretrained.safetensors")), List.of());
        assertThatThrownBy(() -> run.inputs(stage))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("student-pretrained.safetensors")
                .hasMessageContaining("run the stages before it");
    }

    @Test
    void stageOfAnotherRunIsTakenOnlyWhenItsRecordIsThere() throws IOException {
        RunDirectory other = new RunDirectory(folder.resolve("other"));
        Stage inOther = stage(other, "settings");
        Files.writeString(other.file("out"), "half of what it wi"); // another process is at work there
        Files.delete(run.file("out"));
        assertThat(run.adopt(other, stage("settings"))).isFalse();
        assertThat(run.file("out")).doesNotExist();

        Files.writeString(other.file("out"), "theirs");
        other.finish(inOther, 1);
        assertThat(run.adopt(other, stage("settings"))).isTrue();
        assertThat(run.file("out")).isSymbolicLink().hasContent("theirs");
        assertThat(run.isDone(stage("settings"))).isTrue();
    }

    @Test
    void recordIsWrittenOnlyAfterAllOutputs() {
        RunDirectory other = new RunDirectory(folder.resolve("other"));
        assertThatThrownBy(() -> other.finish(stage(other, "settings"), 1)).isInstanceOf(UserError.class);
        assertThat(other.record("x")).isEmpty();
    }

    @Test
    void recordIsNeverSeenHalfWritten() {
        CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> {
            for (int i = 0; i < 30; i++) {
                run.finish(stage("settings"), i);
            }
        });
        int seen = 0;
        while (!writer.isDone()) {
            assertThat(run.record("x")).isPresent();
            seen++;
        }
        writer.join();
        assertThat(seen).isPositive();
    }

    private Stage stage(String settings) {
        return stage(run, settings);
    }

    private Stage stage(RunDirectory run, String settings) {
        return new Stage("x", settings, List.of(folder.resolve("pictures")), List.of(run.file("out")));
    }
}
