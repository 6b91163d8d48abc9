package dev.glimpse.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** {@code glimpse train} in a Java virtual machine of its own, which can be killed. */
final class TrainProcess implements AutoCloseable {
    private static final long LIMIT_SECONDS = 300;

    private final Process process;
    private final Path log;

    /** Starts; what it prints goes to {@code log}. */
    TrainProcess(Path config, Path run, Path log) throws IOException {
        this.log = log;
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:TieredStopAtLevel=1",
                "-Djava.awt.headless=true",
                "-cp",
                classPath(),
                TrainCommand.class.getName(),
                config.toString(),
                "--run",
                run.toString());
        builder.environment().put("OMP_NUM_THREADS", "1"); // the same bits need the same division of sums
        process = builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
    }

    /** That of this test, whoever runs it. */
    private static String classPath() {
        return TrainProcess.class.getClassLoader() instanceof URLClassLoader loader
                ? Stream.of(loader.getURLs()).map(URL::getPath).collect(Collectors.joining(":"))
                : System.getProperty("java.class.path");
    }

    /** Waits for a line and returns it. */
    String await(Pattern line) throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
        while (true) {
            boolean alive = process.isAlive();
            String output = output();
            Matcher found = line.matcher(output);
            if (found.find()) {
                return found.group();
            }
            assertThat(alive && System.nanoTime() < end)
                    .as("%s within %s", line, output)
                    .isTrue();
            Thread.sleep(10);
        }
    }

    /** Sends a signal, such as {@code KILL}, and waits for the end. */
    void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .start()
                .waitFor();
        exitCode();
    }

    /** Waits for its end. */
    int exitCode() throws InterruptedException {
        assertThat(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS))
                .as(log.toString())
                .isTrue();
        return process.exitValue();
    }

    String output() throws IOException {
        return Files.readString(log);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
