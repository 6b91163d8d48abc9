package dev.glimpse.demo;

import dev.glimpse.bundle.Bundle;
import dev.glimpse.bundle.BundleReader;
import dev.glimpse.captioner.DefaultBundle;
import dev.glimpse.cli.Cli;
import dev.glimpse.client.StopSignal;
import dev.glimpse.edge.RunCommand;
import dev.glimpse.error.UserError;
import dev.glimpse.json.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code glimpse demo}: the whole way on one machine, from scenes to captions on a page. */
@Command(
        name = "demo",
        description =
                "Shows the whole way on one machine: cameras that look into drawn scenes, a Kafka broker, the edge "
                        + "runtime, and its page.")
public final class DemoCommand implements Callable<Integer> {
    private static final Path LOG = Path.of("runs", "demo", "kafka.log");

    @Option(
            names = "--seconds",
            paramLabel = "N",
            description = "End after N seconds with a summary (default: on Ctrl-C).")
    private Optional<Double> seconds = Optional.empty();

    @Option(
            names = "--cameras",
            paramLabel = "N",
            defaultValue = "4",
            description = "How many cameras (default: ${DEFAULT-VALUE}).")
    private int cameras;

    @Option(
            names = "--fps",
            paramLabel = "F",
            defaultValue = "5",
            description = "Frames per second of each camera (default: ${DEFAULT-VALUE}). All together draw at most 24 "
                    + "pictures a second; beyond that they send pictures again.")
    private double fps;

    @Option(
            names = "--port",
            paramLabel = "P",
            defaultValue = "8080",
            description = "Port of the page, 0 for a free one (default: ${DEFAULT-VALUE}).")
    private int port;

    @Option(names = "--report", paramLabel = "FILE", description = "Write the summary as JSON, too.")
    private Optional<Path> report = Optional.empty();

    @Option(names = "--bundle", paramLabel = "DIR", description = "Another bundle than the default one.")
    private Optional<Path> bundle = Optional.empty();

    public static void main(String[] arguments) {
        Cli.main(new DemoCommand(), arguments);
    }

    @Override
    public Integer call() throws Exception {
        DemoSettings settings = new DemoSettings(
                cameras,
                fps,
                port,
                seconds.map(s -> Duration.ofMillis((long) (s * 1000))),
                bundle.orElseGet(DefaultBundle::path));
        requireFreePort();
        Path log = LOG.toAbsolutePath();
        report.ifPresent(DemoCommand::requireWritable);
        DemoReport.Bundle about = describe(settings.bundle());
        requireWritable(log);
        BrokerLog.to(log);
        try (StopSignal stop = StopSignal.listening()) {
            System.out.println("Kafka logs to " + log);
            DemoReport done = new Demo(settings, about, RunCommand::runtime, System.out).run(stop);
            System.out.print(done.text());
            report.ifPresent(file -> Json.write(file, done));
            return stop.succeed();
        }
    }

    private static DemoReport.Bundle describe(Path directory) {
        try (Bundle opened = BundleReader.open(directory)) {
            return new DemoReport.Bundle(opened.manifest().name(), opened.digest());
        }
    }

    private void requireFreePort() {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true); // as the page's server does
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        } catch (IOException e) {
            throw new UserError(
                    "port " + port + " is expected to be free for the page, but " + e.getMessage()
                            + "; end the program that uses it, or give --port P",
                    e);
        }
    }

    private static void requireWritable(Path file) {
        Path folder = Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(file);
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UserError("folder " + folder + " is expected to take " + file + ", but cannot be made", e);
        }
        if (!Files.isWritable(folder) || Files.isDirectory(file)) {
            throw new UserError("a file is to be written to " + file + ", which is not possible; name another place");
        }
    }
}
