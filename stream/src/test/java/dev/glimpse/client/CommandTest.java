package dev.glimpse.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.glimpse.cli.Cli;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandTest {
    private static final String NOBODY = "127.0.0.1:1";

    @TempDir
    private Path folder;

    /** Exit code and standard error of a command. */
    private record Ended(int code, String errors) {}

    @Test
    void unreachableBrokerIsSaidWithinTenSeconds() throws Exception {
        Path picture = Files.write(folder.resolve("a.jpg"), new byte[] {1});
        long start = System.nanoTime();
        Ended ended = run(new FeedCommand(), picture.toString(), "--camera", "gate", "--bootstrap", NOBODY);
        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.errors())
                .isEqualTo("glimpse: a Kafka broker is expected at 127.0.0.1:1, found none that answers within 8 s; "
                        + "start it, or name another with --bootstrap HOST:PORT; one that wants TLS or a password needs "
                        + "--client-config FILE\n");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(11));
    }

    @Test
    void addressThatIsNoneIsSaidAtOnce() throws Exception {
        Ended ended = run(new WatchCommand(), "--bootstrap", "no such host");
        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.errors()).startsWith("glimpse: a broker is expected at no such host: ");
    }

    @Test
    void sourceThatIsNotThereIsSaidBeforeTheBrokerIsAsked() throws Exception {
        Ended ended = run(new FeedCommand(), folder.resolve("x").toString(), "--camera", "gate");
        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.errors()).contains("found nothing at");
    }

    @Test
    void wrongUseEndsWithTwo() throws Exception {
        assertThat(run(new FeedCommand(), "x").code()).isEqualTo(2);
        assertThat(run(new AskCommand(), "--camera", "gate").code()).isEqualTo(2);
        assertThat(run(new WatchCommand(), "--camera").code()).isEqualTo(2);
    }

    @Test
    void badQuestionsAndCamerasAreSaidBeforeTheBrokerIsAsked() throws Exception {
        assertThat(run(new AskCommand(), " ", "--camera", "gate").errors()).contains("a question has 1 to 500");
        assertThat(run(new AskCommand(), "why?", "--camera", "a\nb").errors()).contains("control characters");
    }

    @Test
    void terminalIsNotSteeredByWhatACaptionSays() {
        assertThat(Terminal.safe("a\u001b[31mdog\u009b\u202e ü\uD83D\uDC15")).isEqualTo("a?[31mdog?? ü\uD83D\uDC15");
    }

    private static Ended run(Object command, String... arguments) {
        ByteArrayOutputStream errors = new ByteArrayOutputStream();
        PrintStream before = System.err;
        System.setErr(new PrintStream(errors, true, StandardCharsets.UTF_8));
        try {
            return new Ended(Cli.run(command, arguments), errors.toString(StandardCharsets.UTF_8));
        } finally {
            System.setErr(before);
        }
    }
}
