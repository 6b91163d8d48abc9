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
        TrainConfig config = StrictYaml.load(configFile, TrainConfig.class);
        Map<String, List<Function<Job, Recipe>>> recipes = Stages.of(config);
        only.filter(name -> !recipes.containsKey(name)).ifPresent(name -> {
            throw new ParameterException(
                    spec.commandLine(), "--stage: expected one of " + recipes.keySet() + ", found '" + name + "'");
        });
        RunDirectory run = new RunDirectory(directory.orElse(Path.of("runs", config.name())));
        run.describe(Provenance.of(config));
        try (StopSignal stop = new StopSignal()) {
            List<Device> devices = Devices.parse(device);
            Devices.require(devices, precision, tf32, System.getenv());
            Job job = new Job(config, run, devices, precision, stop);
            return runStages(job, recipes);
        }
    }

    /** Runs a comparison. */
    private int compare() {
        if (only.isPresent()) {
            throw new ParameterException(
                    spec.commandLine(), "--stage: " + configFile + " is a comparison, whose arms run all their stages");
        }
        AblationConfig config = StrictYaml.load(configFile, AblationConfig.class);
        Path root = directory.orElse(Path.of("runs", config.name()));
        try (StopSignal stop = new StopSignal()) {
            new Ablation(configFile, config, root, Devices.parse(device), stop).run();
            return 0;
        } catch (StoppedException e) {
            System.err.println("glimpse: " + e.getMessage());
            return 1;
        }
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
