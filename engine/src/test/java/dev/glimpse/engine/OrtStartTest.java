package dev.glimpse.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OrtStartTest {
    /** What the child process runs: as a server does that is started without the launcher. */
    static final class Child {
        public static void main(String[] arguments) {
            try (OrtEngine engine = new OrtEngine(1)) {
                System.out.println(engine.name());
            }
        }
    }

    @Test
    void longCommandLineDoesNotKillTheProcessAndNothingIsKeptAboutTheMachine(@TempDir Path cache)
            throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Child.class.getName(),
                "x".repeat(20_000));
        builder.environment().remove("ORT_DISABLE_TELEMETRY");
        builder.environment().put("XDG_CACHE_HOME", cache.toString());
        builder.environment().put("HOME", cache.toString());
        builder.redirectErrorStream(true);
        Process child = builder.start();
        String output = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(child.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(child.exitValue()).as(output).isZero();
        assertThat(output).startsWith("onnxruntime ");
        assertThat(Files.list(cache).map(f -> f.getFileName().toString()))
                .contains("glimpse")
                .doesNotContain("Microsoft");
    }
}
