package dev.glimpse.edge;

import dev.glimpse.bundle.Bundle;
import dev.glimpse.captioner.BundleCaptioner;
import dev.glimpse.captioner.Captioner;
import dev.glimpse.captioner.Engines;
import dev.glimpse.captioner.GoldenCheck;
import dev.glimpse.cli.Cli;
import dev.glimpse.config.StrictYaml;
import dev.glimpse.engine.DeviceException;
import dev.glimpse.engine.DeviceFault;
import dev.glimpse.engine.Engine;
import dev.glimpse.engine.OrtEngine;
import dev.glimpse.error.UserError;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code glimpse run CONFIG.yaml}: the edge service, from the start until it is told to end. */
@Command(
        name = "run",
        description = "Reads frames from Kafka and writes captions and answers to Kafka, until it is told to end.",
        footer = {
            "",
            "Ends with 0 when told to, 1 when it cannot go on, 86 when the GPU is lost to the process and a new one may go on."
                    + " docs/operations.md explains the settings."
        })
public final class RunCommand implements Callable<Integer> {
    private static final Logger log = LoggerFactory.getLogger(RunCommand.class);

    @Parameters(index = "0", paramLabel = "CONFIG.yaml", description = "Settings, such as configs/edge/local.yaml.")
    private Path config = Path.of("");

    public static void main(String[] arguments) {
        Cli.main(new RunCommand(), arguments);
    }

    /**
     * Runs until SIGTERM or Ctrl-C, which end the process with code 0 once everything under way is committed. Code 86 says that
     * the device is lost and a new process may go on.
     */
    @Override
    public Integer call() throws InterruptedException {
        EdgeSettings settings = StrictYaml.load(config, EdgeSettings.class);
        EdgeRuntime runtime = runtime(settings);
        runtime.start();
        Thread end = new Thread(() -> {
            boolean served = runtime.ready();
            runtime.close();
            if (served) {
                ClassArchive.keep();
            }
            Runtime.getRuntime().halt(0);
        });
        Runtime.getRuntime().addShutdownHook(end);
        System.out.println("Glimpse looks on: " + runtime.address());
        Throwable cause = runtime.failure().join();
        Runtime.getRuntime().removeShutdownHook(end);
        runtime.close();
        if (DeviceFault.of(cause) == DeviceFault.FATAL) {
            System.err.println(
                    "glimpse: the device is lost for this process, a new one may go on: " + cause.getMessage());
            return DeviceException.EXIT_FATAL;
        }
        throw cause instanceof UserError error ? error : new IllegalStateException("the service has failed", cause);
    }

    /** A service that runs the bundle of its settings. */
    public static EdgeRuntime runtime(EdgeSettings settings) {
        return new EdgeRuntime(settings, bundle -> load(bundle, settings.engine()));
    }

    /** Opens a bundle whose golden runs come out right on this machine. */
    private static Captioner load(Bundle bundle, EngineSettings settings) {
        Engine engine;
        try {
            engine = open(settings, bundle);
        } catch (RuntimeException e) {
            bundle.close();
            throw e;
        }
        try {
            if (engine instanceof OrtEngine) { // TensorRT has tried every graph while it compiled
                GoldenCheck.run(bundle, engine);
            }
        } catch (RuntimeException e) {
            engine.close();
            bundle.close();
            throw e;
        }
        BundleCaptioner captioner = new BundleCaptioner(bundle, engine, settings.beams());
        try {
            return captioner.load();
        } catch (RuntimeException e) {
            captioner.close();
            throw e;
        }
    }

    private static Engine open(EngineSettings settings, Bundle bundle) {
        Engines.Chosen chosen = Engines.open(
                new Engines.Wish(settings.name(), settings.threads(), settings.workspaceMegabytes(), log::info),
                bundle);
        log.info("engine {}", chosen.reason());
        return chosen.engine();
    }
}
