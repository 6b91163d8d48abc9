package dev.glimpse.train;

import dev.glimpse.cli.Cli;
import dev.glimpse.config.StrictYaml;
import dev.glimpse.run.Devices;
import dev.glimpse.run.FullMemory;
import dev.glimpse.run.Recipe;
import dev.glimpse.run.RunDirectory;
import dev.glimpse.run.Stage;
import dev.glimpse.run.StopSignal;
import dev.glimpse.run.StoppedException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
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
            "A stage whose inputs and settings are unchanged is skipped; an interrupted one resumes."
        })
public final class TrainCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "CONFIG.yaml", description = "settings of the run, such as configs/tiny/train.yaml")
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

    public static void main(String[] arguments) {
        Cli.main(new TrainCommand(), arguments);
    }

    @Override
    public Integer call() {
        TrainConfig config = StrictYaml.load(configFile, TrainConfig.class);
        Map<String, List<Function<Job, Recipe>>> recipes = recipes(config);
        only.filter(name -> !recipes.containsKey(name)).ifPresent(name -> {
            throw new ParameterException(
                    spec.commandLine(), "--stage: expected one of " + recipes.keySet() + ", found '" + name + "'");
        });
        RunDirectory run = new RunDirectory(directory.orElse(Path.of("runs", config.name())));
        run.describe(Provenance.of(config));
        try (StopSignal stop = new StopSignal()) {
            Job job = new Job(config, run, Devices.parse(device), stop);
            return runStages(job, recipes);
        }
    }

    /** Runs the stages that were asked for; the message of a stop is printed before the process may end. */
    private int runStages(Job job, Map<String, List<Function<Job, Recipe>>> recipes) {
        try {
            recipes.forEach((name, some) -> {
                if (only.isEmpty() || only.get().equals(name)) {
                    some.forEach(recipe -> runStage(recipe.apply(job), job.run()));
                }
            });
            return 0;
        } catch (StoppedException e) {
            System.err.println("glimpse: " + e.getMessage());
            return 1;
        }
    }

    /** The stages in their order. Each recipe of a stage is skipped and resumed by itself. */
    private static Map<String, List<Function<Job, Recipe>>> recipes(TrainConfig config) {
        Map<String, List<Function<Job, Recipe>>> recipes = new LinkedHashMap<>();
        boolean teacher = config.teacher().isPresent();
        recipes.put(
                "detectors",
                teacher ? List.of(DetectorRecipe::new, TeacherDetectorRecipe::new) : List.of(DetectorRecipe::new));
        recipes.put(
                "features",
                teacher
                        ? List.of(FeatureRecipe::student, FeatureRecipe::teacher, TeacherFeatureRecipe::new)
                        : List.of(FeatureRecipe::student));
        recipes.put("text", List.of(TextRecipe::new));
        recipes.put("teacher", teacher(config));
        recipes.put("pretrain", List.of(PretrainRecipe::new));
        recipes.put(
                "teacher-captions",
                config.caption().teacherCaptions() ? List.of(TeacherCaptionRecipe::new) : List.of());
        recipes.put("caption", List.of(CaptionRecipe::new));
        recipes.put("scst", config.scst().isPresent() ? List.of(ScstRecipe::new) : List.of());
        recipes.put("vqa", List.of(VqaRecipe::new));
        recipes.put("evaluate", List.of(EvaluateRecipe::new));
        if (config.data().features().exist()) {
            recipes.put("detectors", List.of());
            recipes.put("features", List.of(ImportedFeatureRecipe::new));
        }
        return recipes;
    }

    /** The trainings of the teacher's transformer. */
    private static List<Function<Job, Recipe>> teacher(TrainConfig config) {
        List<Function<Job, Recipe>> recipes = new ArrayList<>();
        config.teacher().ifPresent(teacher -> {
            recipes.add(PretrainRecipe::teacher);
            if (teacher.adapted()) {
                recipes.add(PretrainRecipe::adaptation);
            }
            recipes.add(CaptionRecipe::teacher);
            recipes.add(VqaRecipe::teacher);
        });
        return recipes;
    }

    private static void runStage(Recipe recipe, RunDirectory run) {
        Stage stage = recipe.stage();
        run.inputs(stage);
        if (run.isDone(stage)) {
            System.err.printf("%s: settings and inputs unchanged, skipped%n", stage.name());
            return;
        }
        System.err.printf("%s: begins%n", stage.name());
        long start = System.nanoTime();
        try {
            recipe.run();
        } catch (RuntimeException | OutOfMemoryError e) {
            FullMemory.explain(stage.name(), e).ifPresent(told -> {
                throw told;
            });
            throw e;
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        run.finish(stage, seconds);
        System.err.printf(Locale.ROOT, "%s: done in %.0f s%n", stage.name(), seconds);
    }
}
