package dev.glimpse.dataset;

import static dev.glimpse.error.UserError.require;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code glimpse import features}. */
@Command(
        name = "features",
        description = {
            "Region features of OSCAR or VinVL: training then begins without detectors. Import the captions first.",
            "Several files are named by repeating an option; the first --labels belongs to the first --features."
        })
final class FeaturesCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = "--labels",
            required = true,
            paramLabel = "TSV",
            description = "Classes, scores and boxes: label.tsv of OSCAR, predictions.tsv of VinVL.")
    private List<Path> labels = List.of();

    @Option(
            names = "--features",
            paramLabel = "TSV",
            description = "Features: feature.tsv, features.tsv. Left out where predictions.tsv holds them itself.")
    private List<Path> features = List.of();

    @Option(
            names = "--sizes",
            paramLabel = "TSV",
            description = "Sizes of the pictures: hw.tsv, where the labels have none.")
    private List<Path> sizes = List.of();

    @Option(
            names = "--regions",
            defaultValue = "50",
            paramLabel = "R",
            description = "Regions of a picture that are kept, those of highest score. Default ${DEFAULT-VALUE}.")
    private int regions;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "DIR",
            description = "Data folder of the captions; the stores go to its folder features/.")
    private Path out = Path.of("");

    @Override
    public Integer call() {
        require(regions > 0, "--regions must be positive, found %d", regions);
        require(
                features.isEmpty() || features.size() == labels.size(),
                "expected as many --features as --labels, found %d and %d",
                features.size(),
                labels.size());
        List<FeatureImport.Source> sources = new ArrayList<>();
        for (int i = 0; i < labels.size(); i++) {
            sources.add(new FeatureImport.Source(
                    labels.get(i), features.isEmpty() ? Optional.empty() : Optional.of(features.get(i))));
        }
        Tally tally = new Tally();
        PrintWriter print = java.util.Objects.requireNonNull(spec).commandLine().getOut();
        new FeatureImport(new DataFolder(out), sources, sizes, regions, tally)
                .run()
                .forEach(print::println);
        tally.print(print);
        return 0;
    }
}
