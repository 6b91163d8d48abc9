package dev.glimpse.metric.caption;

import dev.glimpse.error.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A scoring program of others, a jar, as a child process that is stopped when its time is up. Not thread-safe. */
final class ScorerProcess implements AutoCloseable {
    private final Path jar;
    private final Duration limit;
    private final Path errors;
    private final Process process;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private volatile boolean late;

    /**
     * Starts {@code java -Xmx.. -jar JAR ARGUMENTS} in the folder of the jar.
     *
     * @param memory heap limit, such as {@code 2G}
     * @throws UserError when the jar is not there or Java does not start
     */
    ScorerProcess(Path jar, String memory, List<String> arguments, Duration limit) {
        UserError.require(Files.isRegularFile(jar), "%s: expected a jar, found none. Check the path.", jar);
        this.jar = jar;
        this.limit = limit;
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + memory,
                "-jar",
                jar.toAbsolutePath().toString()));
        command.addAll(arguments);
        try {
            errors = Files.createTempFile("glimpse-scorer", ".log");
            process = new ProcessBuilder(command)
                    .directory(jar.toAbsolutePath().resolveSibling("").toFile())
                    .redirectError(errors.toFile())
                    .start();
        } catch (IOException e) {
            throw new UserError(jar + ": cannot be started: " + e.getMessage(), e);
        }
        clock.schedule(this::stop, limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void stop() {
        late = true;
        process.destroyForcibly();
    }

    Process process() {
        return process;
    }

    /** What to tell a person when the program did not do what was asked. */
    UserError failure(String found, @Nullable Throwable cause) {
        if (late) {
            return new UserError(String.format(
                    "%s: expected an answer within %d s, found none. Give it longer with --time-limit.",
                    jar, limit.toSeconds()));
        }
        String message = jar + ": " + found + ". It said: " + said();
        return cause == null ? new UserError(message) : new UserError(message, cause);
    }

    private String said() {
        try {
            String text = Files.readString(errors).strip();
            return text.isEmpty() ? "nothing" : text.substring(Math.max(0, text.length() - 500));
        } catch (IOException e) {
            return "nothing that can be read";
        }
    }

    /** Waits for the end. */
    void await() throws InterruptedException {
        if (process.waitFor() != 0) {
            throw failure("expected exit code 0, found " + process.exitValue(), null);
        }
    }

    @Override
    public void close() {
        clock.shutdownNow();
        process.destroyForcibly();
        try {
            Files.deleteIfExists(errors);
        } catch (IOException e) {
            errors.toFile().deleteOnExit();
        }
    }
}
