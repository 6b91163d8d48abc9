package dev.glimpse.export;

import dev.glimpse.bundle.Bundle;
import dev.glimpse.bundle.Manifest;
import dev.glimpse.bundle.Signature;
import dev.glimpse.cli.Cli;
import dev.glimpse.error.UserError;
import dev.glimpse.heldout.Split;
import dev.glimpse.precision.ProbingEngine;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
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
    @Parameters(paramLabel = "RUN_DIR", description = "Directory of the training run.")
    private Path run = Path.of("");

    @Option(names = "--out", paramLabel = "BUNDLE", required = true, description = "Directory of the bundle to write.")
    private Path out = Path.of("");

    @Option(names = "--name", description = "Name of the bundle; by default that of its directory.")
    private String name = "";

    @Option(
            names = "--precision",
            description =
                    "fp32: float. fp16: half precision but for sensitive reductions, half the size; made for GPUs, a"
                            + " processor computes it many times slower. int8: 8-bit integers, a third of the size and faster; needs"
                            + " --data. Default: ${DEFAULT-VALUE}.")
    private Precision precision = Precision.FP32;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description =
                    "Data folder of the run: figures on its held-out pictures go into the certificate, confidence is"
                            + " calibrated on them, int8 is chosen by them. Default: the folder that the run names, if it is"
                            + " there.")
    private Optional<Path> data = Optional.empty();

    @Option(names = "--no-data", description = "Do not look at pictures, even if they are there.")
    private boolean noData;

    @Option(
            names = "--pictures",
            paramLabel = "N",
            description = "Use the first N pictures of a held-out split. Default: all.")
    private int pictures = Integer.MAX_VALUE;

    @Option(
            names = "--max-loss",
            paramLabel = "PERCENT",
            description =
                    "int8: what CIDEr-D and VQA accuracy may lose on validation pictures. Default: ${DEFAULT-VALUE}.")
    private double maxLoss = ExportSettings.Rounding.DEFAULT.maxLoss();

    @Option(
            names = "--calibration",
            paramLabel = "METHOD",
            description = "int8: ranges of activations by percentile (99.99) or entropy. Default: ${DEFAULT-VALUE}.")
    private ProbingEngine.Method method = ExportSettings.Rounding.DEFAULT.method();

    @Option(
            names = "--calibration-pictures",
            paramLabel = "N",
            description = "int8: training pictures that ranges come from. Default: ${DEFAULT-VALUE}.")
    private int calibrationPictures = ExportSettings.Rounding.DEFAULT.calibrationPictures();

    @Option(
            names = "--sensitivity-pictures",
            paramLabel = "N",
            description = "int8: validation pictures that each layer alone is tried on. Default: ${DEFAULT-VALUE}.")
    private int sensitivityPictures = ExportSettings.Rounding.DEFAULT.sensitivityPictures();

    @Option(
            names = "--half-storage",
            description = "fp32: store the large weights as 16-bit numbers: half the size, the arithmetic stays float.")
    private boolean halfStorage;

    @Option(
            names = "--comparison",
            paramLabel = "FILE",
            description =
                    "ablation.json of a comparison of teacher and students: its figures go into the certificate, too.")
    private Optional<Path> comparison = Optional.empty();

    @Option(
            names = "--models",
            paramLabel = "FILE",
            description =
                    "What 'glimpse bench models --json FILE' wrote of the run's student and its teacher: their parameters,"
                            + " multiply-adds and times go into the certificate, too.")
    private Optional<Path> models = Optional.empty();

    @Option(
            names = "--sign",
            paramLabel = "KEY",
            description =
                    "Sign the manifest with an Ed25519 private key (PEM). Where GLIMPSE_BUNDLE_KEY names the public"
                            + " key, only bundles signed by it are opened.")
    private Optional<Path> sign = Optional.empty();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        UserError.require(
                precision == Precision.FP32 || !halfStorage,
                "--half-storage: expected --precision fp32, found %s, which stores what stays float in 16 bits anyway",
                precision.label());
        String title =
                name.isEmpty() ? String.valueOf(out.toAbsolutePath().normalize().getFileName()) : name;
        ExportSettings settings = new ExportSettings(
                title,
                precision,
                halfStorage,
                noData ? Optional.empty() : data.or(this::dataOfRun),
                pictures,
                new ExportSettings.Rounding(maxLoss, method, calibrationPictures, sensitivityPictures),
                comparison,
                models,
                sign.map(Signature::privateKey));
        PrintWriter to = spec.commandLine().getOut();
        Exporter.Exported exported = Exporter.export(run, out, settings, line -> {
            to.println(line);
            to.flush();
        });
        try (Bundle bundle = exported.bundle()) {
            print(spec.commandLine().getOut(), exported, bundle);
        }
        return 0;
    }

    /** The folder that the run was trained on, where it still has held-out splits. */
    private Optional<Path> dataOfRun() {
        String folder = new RunFiles(run).dataFolder();
        return folder.isEmpty() || !Split.isIn(Path.of(folder), "val")
                ? Optional.empty()
                : Optional.of(Path.of(folder));
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
        if (bundle.certificate().isPresent()
                && bundle.certificate().get().engine().isEmpty()) {
            to.println("Nothing was measured on pictures: the run's data folder is not here. Name it with --data.");
        }
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
