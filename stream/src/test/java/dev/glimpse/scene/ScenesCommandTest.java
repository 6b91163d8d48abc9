package dev.glimpse.scene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.glimpse.error.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ScenesCommandTest {
    @TempDir
    private Path folder;

    private static void run(String... arguments) throws Exception {
        ScenesCommand command = new ScenesCommand();
        new CommandLine(command).parseArgs(arguments);
        command.call();
    }

    @Test
    void folderWithFilesIsLeftAlone() throws IOException {
        Path mine = Files.writeString(folder.resolve("mine.txt"), "mine");
        assertThatExceptionOfType(UserError.class)
                .isThrownBy(() -> run("--out", folder.toString(), "--images", "10"))
                .withMessageContaining("found files in " + folder);
        assertThat(folder).isDirectoryContaining(mine::equals).isDirectoryNotContaining("glob:**images");
    }

    @Test
    void tooFewPicturesAreRefused() {
        assertThatExceptionOfType(UserError.class)
                .isThrownBy(() -> run("--out", folder.toString(), "--images", "9"))
                .withMessageContaining("at least 10")
                .withMessageContaining("found 9");
    }

    @Test
    void tallySaysRateAndRemainingTime() {
        assertThat(Tally.line(250, 1000, "pictures", 2)).isEqualTo("250 of 1000 pictures, 125/s, 6 s left ");
    }
}
