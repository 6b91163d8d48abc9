package dev.glimpse.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricsTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void linesBeyondTheResumedStepAreRemovedAndOtherStagesKept() throws IOException {
        Path file = folder.resolve("metrics.csv");
        new Metrics(file, "pretrain", 0).record(100, Map.of("loss", 3.0));
        Metrics caption = new Metrics(file, "caption", 0);
        caption.record(20, Map.of("loss", 2.5));
        caption.record(40, Map.of("loss", 1.5));
        Files.writeString(file, "caption,60,lo", StandardOpenOption.APPEND); // killed while writing
        new Metrics(file, "caption", 20).record(40, Map.of("loss", 1.25));
        assertThat(Files.readAllLines(file))
                .containsExactly(
                        "stage,step,name,value",
                        "pretrain,100,loss,3.0",
                        "caption,20,loss,2.5",
                        "caption,40,loss,1.25");
    }
}
