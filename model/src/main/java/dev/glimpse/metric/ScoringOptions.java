package dev.glimpse.metric;

import dev.glimpse.metric.Bootstrap.Difference;
import dev.glimpse.metric.Bootstrap.Interval;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Options that captions, vqa and boxes share, and what follows from them. */
public final class ScoringOptions {
    private static final int SAMPLES_OF_COMPARISON = 1000;

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec spec;

    @Option(names = "--truth", required = true, paramLabel = "FILE", description = "What people said is right.")
    private Path truth = Path.of("");

    @Option(names = "--results", required = true, paramLabel = "FILE", description = "What is to be scored.")
    private Path results = Path.of("");

    @Option(names = "--json", paramLabel = "FILE", description = "Write all figures to this file.")
    private @Nullable Path json;

    @Option(
            names = "--bootstrap",
            paramLabel = "N",
            description = "Draw the pictures anew N times and give 95 %% intervals.")
    private @Nullable Integer samples;

    @Option(names = "--seed", paramLabel = "S", description = "Seed of the draws. Default: ${DEFAULT-VALUE}.")
    private long seed = 1;

    @Option(
            names = "--against",
            paramLabel = "FILE",
            description = "Other results for the same truth: give difference, interval and p-value"
                    + " (from 1000 draws, or as many as --bootstrap says).")
    private @Nullable Path against;

    @Option(
            names = "--lenient",
            description = "Leave out results and truth that have no counterpart, and say how many, instead of failing.")
    private boolean lenient;

    /** The file with what is right. */
    public Path truth() {
        return truth;
    }

    /** The file with what is to be scored. */
    public Path results() {
        return results;
    }

    /** The file with what to compare with. */
    public Optional<Path> against() {
        return Optional.ofNullable(against);
    }

    /** Where to write all figures. */
    public Optional<Path> json() {
        return Optional.ofNullable(json);
    }

    /** Whether what does not match is left out. */
    public boolean lenient() {
        return lenient;
    }

    /** Ends with exit code 2 where the options make no sense. */
    public void check() {
        if (samples != null && samples < 1 && spec != null) {
            throw new ParameterException(
                    spec.commandLine(), "--bootstrap: expected a number of draws of at least 1, found " + samples);
        }
    }

    /** Interval of every figure; none unless asked for. */
    public Map<String, Interval> intervals(Sampled scores) {
        return samples == null
                ? Map.of()
                : new Bootstrap(samples, seed).intervals(scores, Progress.of("drawing pictures"));
    }

    /** Difference of every figure from the results to compare with. */
    public Map<String, Difference> differences(Sampled scores, Sampled other) {
        int draws = samples == null ? SAMPLES_OF_COMPARISON : samples;
        return new Bootstrap(draws, seed).compare(scores, other, Progress.of("drawing pictures to compare"));
    }
}
