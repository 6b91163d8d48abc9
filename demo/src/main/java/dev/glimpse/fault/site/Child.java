package dev.glimpse.fault.site;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** One process of the suite's own: it can be killed, stopped and continued, and what it says goes to a file. */
public final class Child {
    private static final int SHOWN = 20;

    private final String name;
    private final Process process;
    private final Path log;
    private final int begin;

    /** @param begin bytes of the log that a process of the same name wrote before */
    Child(String name, Process process, Path log, int begin) {
        this.name = name;
        this.process = process;
        this.log = log;
        this.begin = begin;
    }

    public String name() {
        return name;
    }

    public Path log() {
        return log;
    }

    public long pid() {
        return process.pid();
    }

    public boolean alive() {
        return process.isAlive();
    }

    /** SIGKILL: nothing in it runs any more when this returns. */
    public void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    /** SIGTERM, and SIGKILL when it has not ended by then; true when it ended by itself. */
    public boolean end(Duration patience) throws IOException, InterruptedException {
        signal("TERM"); // Process.destroy would close its standard input, too, and an orphan ends at once
        if (process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
            return true;
        }
        kill();
        return false;
    }

    /** SIGSTOP: it stands still, with all its connections open. */
    public void freeze() throws IOException, InterruptedException {
        signal("STOP");
    }

    /** SIGCONT: it goes on as if nothing had happened. */
    public void thaw() throws IOException, InterruptedException {
        signal("CONT");
    }

    /** Waits for its end; empty when it lives on. */
    public Optional<Integer> exitCode(Duration patience) throws InterruptedException {
        return process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)
                ? Optional.of(process.exitValue())
                : Optional.empty();
    }

    /** The last line it wrote that begins so, without the beginning. */
    public Optional<String> lastSaid(String beginning) {
        return lines().stream()
                .filter(line -> line.startsWith(beginning))
                .reduce((first, last) -> last)
                .map(line -> line.substring(beginning.length()));
    }

    /** Waits until it has written a line that begins so; false when it ended before, or the time is over. */
    public boolean awaitSaid(String beginning, Duration patience) throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        while (lastSaid(beginning).isEmpty()) {
            if (!alive() || System.nanoTime() > end) {
                return false;
            }
            Thread.sleep(20);
        }
        return true;
    }

    /**
     * Waits until it is ready.
     *
     * @throws IOException it ended before, or the time is over; the message has the end of its log, without stack frames
     */
    void awaitReady(Duration patience) throws IOException, InterruptedException {
        if (!awaitSaid("ready", patience)) {
            String why = alive()
                    ? "is not ready after " + patience.toSeconds() + " s"
                    : "ended with code " + process.exitValue() + " before it was ready";
            List<String> lines =
                    lines().stream().filter(line -> !line.startsWith("\tat ")).toList();
            throw new IOException(name + " " + why + "; the end of " + log + ":\n"
                    + String.join("\n", lines.subList(Math.max(0, lines.size() - SHOWN), lines.size())));
        }
    }

    private List<String> lines() {
        try {
            byte[] all = Files.readAllBytes(log);
            int from = Math.min(begin, all.length);
            return new String(all, from, all.length - from, StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** By the shell's own kill: the program of that name is missing from small systems. */
    private void signal(String signal) throws IOException, InterruptedException {
        int code = new ProcessBuilder("sh", "-c", "kill -" + signal + " " + pid())
                .start()
                .waitFor();
        if (code != 0 && alive()) {
            throw new IOException("signal " + signal + " to " + name + " (" + pid() + ") failed with code " + code);
        }
    }
}
