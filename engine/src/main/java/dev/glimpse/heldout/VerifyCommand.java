package dev.glimpse.heldout;

import static dev.glimpse.error.UserError.require;

import dev.glimpse.bundle.Bundle;
import dev.glimpse.bundle.BundleReader;
import dev.glimpse.bundle.Certificate;
import dev.glimpse.bundle.Manifest;
import dev.glimpse.captioner.BundleCaptioner;
import dev.glimpse.captioner.DefaultBundle;
import dev.glimpse.captioner.EngineOption;
import dev.glimpse.captioner.GoldenCheck;
import dev.glimpse.cli.Cli;
import dev.glimpse.engine.Engine;
import dev.glimpse.error.UserError;
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

/** {@code glimpse verify}: a bundle in, exit code 0 out if every file is what the manifest says and every network does what it did. */
@Command(
        name = "verify",
        description =
                "Check a bundle: sizes and SHA-256 of all files, then its golden inputs; with --full also its figures.")
@SuppressWarnings("NullAway.Init") // picocli fills the fields before call()
public final class VerifyCommand implements Callable<Integer> {
    /** Other processors round otherwise, and a caption or two changes. */
    private static final double MOST_LOSS = .01;

    @Spec
    private CommandSpec spec;

    @Parameters(arity = "0..1", paramLabel = "BUNDLE", description = "Directory or zip; default: the repository's.")
    private Optional<Path> bundle;

    @Option(
            names = "--full",
            description = "Also caption the validation pictures and answer their questions, and compare CIDEr-D and VQA"
                    + " accuracy with the certificate.")
    private boolean full;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "--full: data folder of the run; default: the one that the bundle's provenance names.")
    private Optional<Path> data;

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
            runGolden(opened, out);
            if (full) {
                remeasure(opened, out);
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

    /** Captions the certificate's validation pictures once more. */
    private void remeasure(Bundle bundle, PrintWriter out) {
        Certificate.HeldOut certified = bundle.certificate().stream()
                .flatMap(certificate -> certificate.heldOut().stream())
                .filter(figures -> figures.model().equals(Certificate.EXPORTED))
                .findFirst()
                .orElseThrow(() -> new UserError("%s: expected a certificate with figures to compare with, found none."
                                .formatted(bundle.directory())
                        + " Export the bundle with its data folder."));
        Path folder = data.orElseGet(() -> Path.of(bundle.manifest()
                .provenance()
                .path("run")
                .path("settings")
                .path("data")
                .path("folder")
                .asText("data")));
        Split split = Split.read(folder, certified.split(), certified.pictures());
        Engine opened = engine.open(bundle, Runtime.getRuntime().availableProcessors());
        try (BundleCaptioner captioner = new BundleCaptioner(bundle, opened, 1)) {
            Results results = Results.of(captioner, split);
            compare(out, "CIDEr-D", certified.cider(), results.cider());
            compare(out, "VQA", certified.vqa(), results.vqa());
            out.printf(
                    Locale.ROOT,
                    "%d pictures of %s on %s agree with the certificate%n",
                    results.captions().size(),
                    split.name(),
                    captioner.engine());
        }
    }

    private static void compare(PrintWriter out, String name, double certified, double found) {
        out.printf(Locale.ROOT, "%-8s certified %.4f, found %.4f%n", name, certified, found);
        require(
                Math.abs(found - certified) <= MOST_LOSS * certified,
                "%s: expected %.4f within %.0f %% as the certificate says, found %.4f. Other pictures, or do not use this"
                        + " bundle on this machine",
                name,
                certified,
                100 * MOST_LOSS,
                found);
    }
}
