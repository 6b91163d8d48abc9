package dev.glimpse.captioner;

import dev.glimpse.bundle.Bundle;
import dev.glimpse.bundle.BundleReader;
import dev.glimpse.bundle.Manifest;
import dev.glimpse.cli.Cli;
import dev.glimpse.engine.Engine;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code glimpse verify}: a bundle in, exit code 0 out if every file is what the manifest says. */
@Command(
        name = "verify",
        description = "Check a bundle: sizes and SHA-256 of all files; with --full also its golden inputs.")
@SuppressWarnings("NullAway.Init") // picocli fills the fields before call()
public final class VerifyCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(arity = "0..1", paramLabel = "BUNDLE", description = "Directory or zip; default: the repository's.")
    private Optional<Path> bundle;

    @Option(
            names = "--full",
            description = "Load every network, run the golden inputs, and compare with what the exporter saw.")
    private boolean full;

    @Mixin
    private EngineOption engine;

    public static void main(String[] arguments) {
        Cli.main(new VerifyCommand(), arguments);
    }

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        try (Bundle opened = BundleReader.open(bundle.orElseGet(DefaultBundle::path))) {
            long bytes = opened.manifest().files().values().stream()
                    .mapToLong(Manifest.FileEntry::size)
                    .sum();
            out.printf(
                    Locale.ROOT,
                    "%s: %d files, %,d bytes, every digest right%n",
                    opened.manifest().name(),
                    opened.manifest().files().size(),
                    bytes);
            if (full) {
                runGolden(opened, out);
            }
        }
        return 0;
    }

    private void runGolden(Bundle bundle, PrintWriter out) {
        try (Engine opened = engine.open(bundle, Runtime.getRuntime().availableProcessors())) {
            List<GoldenCheck.Result> results = GoldenCheck.run(bundle, opened);
            for (GoldenCheck.Result result : results) {
                out.printf(
                        Locale.ROOT,
                        "%s on %s: largest difference %.2g%n",
                        result.file(),
                        opened.name(),
                        result.difference());
            }
            out.printf(Locale.ROOT, "%d golden runs agree%n", results.size());
        }
    }
}
