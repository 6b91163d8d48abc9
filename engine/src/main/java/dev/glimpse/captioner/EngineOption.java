package dev.glimpse.captioner;

import dev.glimpse.bundle.Bundle;
import dev.glimpse.bundle.BundleReader;
import dev.glimpse.device.EngineName;
import dev.glimpse.engine.Engine;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code --engine}, shared by the commands that run a bundle. */
@SuppressWarnings("NullAway.Init") // picocli fills the fields
public final class EngineOption {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--engine",
            paramLabel = "NAME",
            description =
                    "onnxruntime, the default; tensorrt, which compiles the bundle for the GPU the first time, for"
                            + " minutes; or auto: tensorrt where this machine has it. When given, says why which was chosen.")
    private Optional<EngineName> name;

    /** Opens it for a bundle. What takes long or goes another way is told on stderr. */
    public Engine open(Bundle bundle, int threads) {
        EngineName wanted = name.orElse(EngineName.ONNXRUNTIME);
        Engines.Chosen chosen =
                Engines.open(new Engines.Wish(wanted, threads, Engines.WORKSPACE_MEGABYTES, this::tell), bundle);
        name.ifPresent(given -> tell("engine " + chosen.reason()));
        return chosen.engine();
    }

    /** Opens a bundle on it; what is open so far is closed again when that fails. */
    public BundleCaptioner captioner(Path path, int threads, int beams) {
        return captioner(BundleReader.open(path), threads, beams);
    }

    /** Opens it for a bundle that it takes over, and closes when that fails. */
    public BundleCaptioner captioner(Bundle bundle, int threads, int beams) {
        try {
            return new BundleCaptioner(bundle, open(bundle, threads), beams);
        } catch (RuntimeException e) {
            bundle.close();
            throw e;
        }
    }

    private void tell(String note) {
        PrintWriter err = command.commandLine().getErr();
        err.println("glimpse: " + note);
        err.flush();
    }
}
