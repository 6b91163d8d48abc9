package dev.glimpse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.glimpse.error.UserError;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

class CliTest {
    @Command(name = "greet")
    static final class Greet implements Callable<Integer> {
        @Parameters
        String whom = "";

        @Override
        public Integer call() {
            if (whom.equals("user")) {
                throw new UserError("expected a name, found user");
            }
            if (whom.equals("bug")) {
                throw new IllegalStateException("oops");
            }
            return 0;
        }
    }

    private record Result(int code, String err) {}

    private static Result run(String... arguments) {
        PrintStream before = System.err;
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
        try {
            return new Result(Cli.run(new Greet(), arguments), err.toString(StandardCharsets.UTF_8));
        } finally {
            System.setErr(before);
        }
    }

    @Test
    void aDoneCommandEndsWithZero() {
        assertThat(run("world")).isEqualTo(new Result(0, ""));
    }

    @Test
    void aUserErrorIsPrintedAlone() {
        assertThat(run("user")).isEqualTo(new Result(1, "glimpse: expected a name, found user\n"));
    }

    @Test
    void verboseAddsTheStackTrace() {
        Result result = run("--verbose", "bug");
        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err()).contains("oops").contains("\tat dev.glimpse.cli.CliTest");
    }

    @Test
    void wrongUseEndsWithTwo() {
        assertThat(run("--loud").code()).isEqualTo(2);
    }
}
