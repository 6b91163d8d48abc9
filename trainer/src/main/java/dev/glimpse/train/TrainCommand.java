package dev.glimpse.train;

import ai.djl.Device;
import dev.glimpse.cli.Cli;
import dev.glimpse.config.StrictYaml;
import dev.glimpse.parameter.Precision;
import dev.glimpse.run.Devices;
import dev.glimpse.run.Recipe;
import dev.glimpse.run.RunDirectory;
import dev.glimpse.run.StopSignal;
import dev.glimpse.run.StoppedException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code glimpse train CONFIG.yaml}: runs the stages of a configuration, from pictures to a report. */
@Command(
        name = "train",
        mixinStandardHelpOptions = true,
        description = {
            "Trains a student from pictures, and its teacher where the settings have one, in stages: detectors,",
            "features, text, teacher, pretrain, teacher-captions, caption, scst, vqa, evaluate.",
            "A stage whose inputs and settings are unchanged is skipped; an interrupted one resumes.",
            "A file with arms, such as configs/tiny/ablation.yaml, is a comparison: every arm is a run of its own under",
            "runs/NAME, and what arms have in common is done once."
        })
public final class TrainCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(
            paramLabel = "CONFIG.yaml",
            description = "settings of a run, such as configs/tiny/train.yaml, or of a comparison of runs")
    private Path configFile = Path.of("");

    @Option(names = "--stage", paramLabel = "NAME", description = "run this stage only")
    private Optional<String> only = Optional.empty();

    @Option(
            names = "--arms",
            paramLabel = "NAME",
            split = ",",
            description = {
                "of a comparison, do the runs of these arms only and write no tables:",
                "several processes can share the arms, each in its own command"
            })
    private List<String> arms = List.of();

    @Option(
            names = "--seeds",
            paramLabel = "SEED",
            split = ",",
            description = "of a comparison, do the runs with these seeds only and write no tables")
    private List<Long> seeds = List.of();

    @Option(
            names = "--run",
            paramLabel = "DIR",
            description = "run directory (default: runs/NAME of the configuration)")
    private Optional<Path> directory = Optional.empty();

    @Option(
            names = "--device",
            paramLabel = "DEVICE",
            defaultValue = "cpu",
            description = "cpu, gpu or gpu:0,1 (default: ${DEFAULT-VALUE})")
    private String device = "cpu";

    @Option(
            names = "--precision",
            paramLabel = "PRECISION",
            defaultValue = "fp32",
            description = {
                "fp32, or fp16 with a GPU: the transformers' matrix products in 16 bits,",
                "weights, norms and losses in 32, the loss scaled (default: ${DEFAULT-VALUE})"
            })
    private Precision precision = Precision.FP32;

    @Option(
            names = "--tf32",
            description = "let a GPU round the inputs of 32-bit products to 19 bits: faster, and less exact")
    private boolean tf32;

    public static void main(String[] arguments) {
        Cli.main(new TrainCommand(), arguments);
    }

    @Override
    public Integer call() {
        if (AblationConfig.describes(configFile)) {
            return compare();
        }
        if (isPartial()) {
            throw wrong(
                    "--arms, --seeds: " + configFile + " is the settings of one run, expected a comparison with arms");
        }
        TrainConfig config = StrictYaml.load(configFile, TrainConfig.class);
        Map<String, List<Function<Job, Recipe>>> recipes = Stages.of(config);
        only.filter(name -> !recipes.containsKey(name)).ifPresent(name -> {
            throw wrong("--stage: expected one of " + recipes.keySet() + ", found '" + name + "'");
        });
        RunDirectory run = new RunDirectory(directory.orElse(Path.of("runs", config.name())));
        run.describe(Provenance.of(config));
        try (StopSignal stop = new StopSignal()) {
            Job job = new Job(config, run, devices(), precision, stop);
            return runStages(job, recipes);
        }
    }

    /** Runs a comparison. */
    private int compare() {
        if (only.isPresent()) {
            throw wrong("--stage: " + configFile + " is a comparison, whose arms run all their stages");
        }
        AblationConfig config = StrictYaml.load(configFile, AblationConfig.class);
        List<AblationConfig.Run> chosen = chosen(config);
        Path root = directory.orElse(Path.of("runs", config.name()));
        try (StopSignal stop = new StopSignal()) {
            Ablation ablation = new Ablation(configFile, config, root, devices(), precision, stop);
            if (isPartial()) {
                ablation.run(chosen);
            } else {
                ablation.run();
            }
            return 0;
        } catch (StoppedException e) {
            System.err.println("glimpse: " + e.getMessage());
            return 1;
        }
    }

    private List<Device> devices() {
        List<Device> devices = Devices.parse(device);
        Devices.require(devices, precision, tf32, System.getenv());
        return devices;
    }

    private boolean isPartial() {
        return !arms.isEmpty() || !seeds.isEmpty();
    }

    /** The runs that {@code --arms} and {@code --seeds} name, in the order of the comparison. */
    private List<AblationConfig.Run> chosen(AblationConfig config) {
        require("--arms", config.arms().keySet(), arms);
        require("--seeds", config.seeds(), seeds);
        List<AblationConfig.Run> chosen = config.runs().stream()
                .filter(run -> arms.isEmpty() || arms.contains(run.arm()))
                .filter(run -> seeds.isEmpty() || seeds.contains(run.seed()))
                .toList();
        if (chosen.isEmpty()) {
            throw wrong(
                    "--seeds: none of the arms " + arms + " is run with a seed of " + seeds + "; see " + configFile);
        }
        return chosen;
    }

    private <T> void require(String option, Collection<T> known, List<T> named) {
        named.stream().filter(name -> !known.contains(name)).findFirst().ifPresent(name -> {
            throw wrong(option + ": expected some of " + known + ", found '" + name + "'");
        });
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    /** Runs the stages that were asked for; the message of a stop is printed before the process may end. */
    private int runStages(Job job, Map<String, List<Function<Job, Recipe>>> recipes) {
        try {
            recipes.forEach((name, some) -> {
                if (only.isEmpty() || only.get().equals(name)) {
                    some.forEach(recipe -> Stages.run(recipe.apply(job), job.run()));
                }
            });
            return 0;
        } catch (StoppedException e) {
            System.err.println("glimpse: " + e.getMessage());
            return 1;
        }
    }
}
