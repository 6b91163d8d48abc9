package dev.glimpse.atomic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicDirectoryTest {
    @TempDir
    Path folder;

    private List<String> names() throws IOException {
        try (Stream<Path> paths = Files.list(folder)) {
            return paths.map(p -> p.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void aNewDirectoryReplacesTheOldOne() throws IOException {
        Path target = folder.resolve("bundle");
        AtomicDirectory.write(target, d -> Files.writeString(d.resolve("old"), "1"));
        AtomicDirectory.write(target, d -> Files.writeString(d.resolve("new"), "2"));
        assertThat(target.resolve("old")).doesNotExist();
        assertThat(target.resolve("new")).hasContent("2");
        assertThat(names()).containsExactly("bundle");
    }

    @Test
    void aFailureLeavesTheOldDirectoryAndNothingElse() throws IOException {
        Path target = folder.resolve("bundle");
        AtomicDirectory.write(target, d -> Files.writeString(d.resolve("old"), "1"));
        assertThatThrownBy(() -> AtomicDirectory.write(target, d -> {
                    Files.writeString(d.resolve("half"), "2");
                    throw new IOException("disk full");
                }))
                .hasMessage("disk full");
        assertThat(target.resolve("old")).hasContent("1");
        assertThat(names()).containsExactly("bundle");
    }

    @Test
    void aFailedFileLeavesTheOldOneAndNothingElse() throws IOException {
        Path file = folder.resolve("run.json");
        AtomicFile.write(file, new byte[] {1});
        assertThatThrownBy(() -> AtomicFile.write(file, out -> {
                    out.write(2);
                    throw new IOException("disk full");
                }))
                .hasMessage("disk full");
        assertThat(file).hasBinaryContent(new byte[] {1});
        assertThat(names()).containsExactly("run.json");
    }
}
