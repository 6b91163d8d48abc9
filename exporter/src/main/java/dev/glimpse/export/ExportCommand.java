package dev.glimpse.export;

import dev.glimpse.bundle.Bundle;
import dev.glimpse.bundle.Manifest;
import dev.glimpse.cli.Cli;
import dev.glimpse.error.UserError;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code glimpse export RUN_DIR --out BUNDLE}: compiles the student of a finished run into a bundle. */
@Command(
        name = "export",
        description = "Compile the student of a finished training run into a bundle for the edge.",
        mixinStandardHelpOptions = true)
public final class ExportCommand implements Callable<Integer> {
    /** Precisions that design and manifest know; only the first can be written yet. */
    enum Precision {
        FP32,
        FP16,
        INT8
    }

    @Parameters(paramLabel = "RUN_DIR", description = "Directory of the training run.")
    private Path run = Path.of("");

    @Option(names = "--out", paramLabel = "BUNDLE", required = true, description = "Directory of the bundle to write.")
    private Path out = Path.of("");

    @Option(names = "--name", description = "Name of the bundle; by default that of its directory.")
    private String name = "";

    @Option(names = "--precision", description = "fp32; fp16 and int8 are not supported yet.")
    private Precision precision = Precision.FP32;

    @Option(
            names = "--half-storage",
            description = "Store the large weights as 16-bit numbers: half the size, the arithmetic stays float.")
    private boolean halfStorage;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        UserError.require(
                precision == Precision.FP32,
                "--precision %s: expected fp32, the only precision this version can export",
                precision.name().toLowerCase(Locale.ROOT));
        String title =
                name.isEmpty() ? String.valueOf(out.toAbsolutePath().normalize().getFileName()) : name;
        Exporter.Exported exported = Exporter.export(run, out, title, halfStorage);
        try (Bundle bundle = exported.bundle()) {
            print(spec.commandLine().getOut(), exported, bundle);
        }
        return 0;
    }

    private static void print(PrintWriter to, Exporter.Exported exported, Bundle bundle) {
        to.printf(Locale.ROOT, "%-28s %14s %14s%n", "file", "bytes", "parameters");
        long total = 0;
        for (Map.Entry<String, Manifest.FileEntry> file :
                bundle.manifest().files().entrySet()) {
            Long parameters = exported.parameters().get(file.getKey());
            to.printf(
                    Locale.ROOT,
                    "%-28s %,14d %14s%n",
                    file.getKey(),
                    file.getValue().size(),
                    parameters == null ? "" : String.format(Locale.ROOT, "%,d", parameters));
            total += file.getValue().size();
        }
        to.printf(Locale.ROOT, "%-28s %,14d%n%n", "total", total);
        if (!exported.evaluated()) {
            to.println(
                    "The run has no report.json: the bundle carries no figures. Run the evaluate stage first to add them.");
        }
        to.printf(Locale.ROOT, "%s is ready, digest %s%n", bundle.directory(), bundle.digest());
        to.flush();
    }

    public static void main(String[] arguments) {
        Cli.main(new ExportCommand(), arguments);
    }
}
