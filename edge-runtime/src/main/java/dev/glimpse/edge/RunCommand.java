package dev.glimpse.edge;

import dev.glimpse.bundle.Bundle;
import dev.glimpse.bundle.BundleReader;
import dev.glimpse.captioner.BundleCaptioner;
import dev.glimpse.captioner.Engines;
import dev.glimpse.cli.Cli;
import dev.glimpse.config.StrictYaml;
import dev.glimpse.engine.DeviceException;
import dev.glimpse.engine.Engine;
import dev.glimpse.error.UserError;
import dev.glimpse.web.ModelCard;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code glimpse run CONFIG.yaml}: the edge service, from the start until it is told to end. */
@Command(
        name = "run",
        description = "Reads frames from Kafka and writes captions and answers to Kafka, until it is told to end.")
public final class RunCommand implements Callable<Integer> {
    private static final Logger log = LoggerFactory.getLogger(RunCommand.class);

    @Parameters(index = "0", paramLabel = "CONFIG.yaml", description = "Settings, such as configs/edge/local.yaml.")
    private Path config = Path.of("");

    public static void main(String[] arguments) {
        Cli.main(new RunCommand(), arguments);
    }

    /** Runs until SIGTERM or Ctrl-C, which end the process with code 0 once everything under way is committed; 86 says that the GPU is lost to this process. */
    @Override
    public Integer call() throws InterruptedException {
        EdgeSettings settings = StrictYaml.load(config, EdgeSettings.class);
        EdgeRuntime runtime = runtime(settings);
        runtime.start();
        Thread end = new Thread(() -> {
            runtime.close();
            Runtime.getRuntime().halt(0);
        });
        Runtime.getRuntime().addShutdownHook(end);
        System.out.println("Glimpse looks on: " + runtime.address());
        Throwable cause = runtime.failure().join();
        Runtime.getRuntime().removeShutdownHook(end);
        runtime.close();
        if (DeviceException.isFatal(cause)) {
            System.err.println("glimpse: " + cause.getMessage());
            return DeviceException.EXIT_FATAL;
        }
        throw cause instanceof UserError error ? error : new IllegalStateException("the service has failed", cause);
    }

    /** A service that runs the bundle of its settings. */
    public static EdgeRuntime runtime(EdgeSettings settings) {
        Bundle bundle = BundleReader.open(settings.bundle());
        EngineSettings engine = settings.engine();
        return new EdgeRuntime(settings, ModelCard.of(bundle.manifest()), () -> new BundleCaptioner(
                        bundle, open(engine, bundle), engine.beams())
                .load());
    }

    private static Engine open(EngineSettings settings, Bundle bundle) {
        Engines.Chosen chosen = Engines.open(
                new Engines.Wish(settings.name(), settings.threads(), settings.workspaceMegabytes(), log::info),
                bundle);
        log.info("engine {}", chosen.reason());
        return chosen.engine();
    }
}
