package dev.glimpse.train;

import ai.djl.Device;
import dev.glimpse.atomic.AtomicFile;
import dev.glimpse.error.UserError;
import dev.glimpse.json.Json;
import dev.glimpse.metric.vqa.VqaQuestion;
import dev.glimpse.optimizer.OptimizerSettings;
import dev.glimpse.parameter.Precision;
import dev.glimpse.report.ArmPage;
import dev.glimpse.report.ArmResult;
import dev.glimpse.report.ArmTable;
import dev.glimpse.report.Report;
import dev.glimpse.run.Metrics;
import dev.glimpse.run.Recipe;
import dev.glimpse.run.RunDirectory;
import dev.glimpse.run.Stage;
import dev.glimpse.run.StageRecord;
import dev.glimpse.run.StopSignal;
import dev.glimpse.text.CaptionFile;
import dev.glimpse.text.CaptionedPicture;
import dev.glimpse.text.Question;
import dev.glimpse.text.QuestionFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * A comparison in, {@code ablation.json}, {@code ablation.md} and {@code ablation.html} out, written anew after every arm. Each
 * arm and seed is a run directory; a stage that another one has finished with the same settings and inputs is taken from there.
 */
final class Ablation {
    /** Trainings that have the base's seed: their results are shared by all seeds. */
    private static final Set<String> SHARED = Set.of("detectors", "features", "text", "teacher");

    private static final List<String> STUDENT = List.of("pretrain", "teacher-captions", "caption", "scst", "vqa");
    private static final List<String> TEACHER =
            List.of("teacher-pretrain", "teacher-adapt", "teacher-caption", "teacher-vqa");

    private final Path folder;
    private final AblationConfig config;
    private final Path root;
    private final List<Device> devices;
    private final Precision precision;
    private final StopSignal stop;

    Ablation(Path file, AblationConfig config, Path root, List<Device> devices, Precision precision, StopSignal stop) {
        this.folder = Optional.ofNullable(file.getParent()).orElse(Path.of(""));
        this.config = config;
        this.root = root;
        this.devices = devices;
        this.precision = precision;
        this.stop = stop;
    }

    void run() {
        List<ArmResult> results = new ArrayList<>();
        run(config.runs(), result -> {
            results.add(result);
            write(results);
        });
        System.out.println(ArmTable.markdown(results, config::against));
    }

    /** Does some of the runs and leaves the tables alone, so that several processes can share the work in one directory. */
    void run(List<AblationConfig.Run> some) {
        run(some, result -> {});
        System.out.println(
                "the chosen runs are done; the same command without --arms and --seeds skips them, does what is "
                        + "left and writes the tables");
    }

    private void run(List<AblationConfig.Run> some, Consumer<ArmResult> done) {
        config.arms().keySet().forEach(arm -> config.settings(folder, arm, List.of())); // all, before hours of work
        for (AblationConfig.Run one : some) {
            System.err.printf("%s, seed %d%n", one.arm(), one.seed());
            done.accept(
                    switch (config.arm(one.arm()).measures()) {
                        case PEOPLE -> untrained(one.arm(), data -> People.cider(captions(data)));
                        case CEILING -> untrained(one.arm(), Ablation::ceiling);
                        case STUDENT, TEACHER_ALIGNED, TEACHER_OWN -> result(one.arm(), one.seed());
                    });
        }
    }

    private RunDirectory directory(String arm, long seed) {
        return new RunDirectory(root.resolve(arm + "-" + seed));
    }

    private ArmResult result(String name, long seed) {
        AblationConfig.Arm arm = config.arm(name);
        List<String> more = new ArrayList<>();
        arm.timeOf().ifPresent(t -> more.addAll(steps(t, seed)));
        TrainConfig shared = config.settings(folder, name, more);
        more.add("seed=" + seed);
        TrainConfig own = config.settings(folder, name, more);
        RunDirectory run = directory(name, seed);
        run.describe(Provenance.of(own));
        boolean student = arm.measures() == AblationConfig.Measures.STUDENT;
        Stages.of(own).forEach((stage, recipes) -> {
            if (student || SHARED.contains(stage)) {
                Job job = new Job(SHARED.contains(stage) ? shared : own, run, devices, precision, stop);
                recipes.forEach(recipe -> run(recipe.apply(job), run));
            }
        });
        if (student) {
            return student(name, seed, run, own);
        }
        Regions regions = arm.measures() == AblationConfig.Measures.TEACHER_OWN ? Regions.TEACHER : Regions.ALIGNED;
        run(new TeacherEvaluateRecipe(new Job(shared, run, devices, precision, stop), regions), run);
        return teacher(name, seed, run, shared);
    }

    /** Runs a stage, or takes it from a run that has it. */
    private void run(Recipe recipe, RunDirectory run) {
        Stage stage = recipe.stage();
        run.inputs(stage);
        if (!run.isDone(stage)) {
            Optional<Path> other = others(run)
                    .filter(o -> run.adopt(new RunDirectory(o), stage))
                    .findFirst();
            other.ifPresent(o -> System.err.printf("%s: taken from %s%n", stage.name(), o));
        }
        Stages.run(recipe, run);
    }

    private Stream<Path> others(RunDirectory run) {
        try (Stream<Path> paths = Files.list(root)) {
            return paths.filter(p -> Files.isDirectory(p) && !p.equals(run.root())).sorted().toList().stream();
        } catch (IOException e) {
            throw new UserError(root + ": cannot be listed: " + e.getMessage(), e);
        }
    }

    /**
     * Steps with which the student's stages take the time of another arm, by the measured step times of the arm that sets the
     * pace. The warm-up stays as it is, and one step at least follows it.
     */
    private List<String> steps(AblationConfig.TimeOf time, long seed) {
        TrainConfig pace = config.settings(folder, time.pace(), List.of());
        Map<String, OptimizerSettings> planned = new LinkedHashMap<>();
        planned.put("pretrain", pace.pretrain().optimizer());
        planned.put("caption", pace.caption().optimizer());
        planned.put("vqa", pace.vqa().optimizer());
        List<String> settings = new ArrayList<>();
        planned.forEach((stage, optimizer) -> {
            double factor = seconds(time.arm(), seed, stage) / seconds(time.pace(), seed, stage);
            long steps = Math.max(optimizer.warmup() + 1, Math.round(optimizer.steps() * factor));
            settings.add(stage + ".optimizer.steps=" + steps);
            System.err.printf(
                    "%s: %d steps instead of %d take the time of %s%n", stage, steps, optimizer.steps(), time.arm());
        });
        return settings;
    }

    private double seconds(String arm, long seed, String stage) {
        return directory(arm, seed)
                .record(stage)
                .map(StageRecord::seconds)
                .orElseThrow(
                        () -> new UserError(
                                "arm " + arm + " with seed " + seed + " has not done stage " + stage
                                        + "; name the arms whose time counts before those that take it, and with --arms do them first"));
    }

    private static ArmResult student(String arm, long seed, RunDirectory run, TrainConfig settings) {
        Report.SplitReport test = Optional.ofNullable(Json.read(run.file("report.json"), Report.class)
                        .splits()
                        .get("test"))
                .orElseThrow();
        return arm(
                arm,
                seed,
                run,
                test.beam().getOrDefault("CIDEr", Double.NaN),
                test.vqa().overall(),
                entropy(run, "caption", settings.caption().optimizer()),
                STUDENT);
    }

    private static ArmResult teacher(String arm, long seed, RunDirectory run, TrainConfig settings) {
        TeacherEvaluateRecipe.Scores scores =
                Json.read(TeacherEvaluateRecipe.file(run), TeacherEvaluateRecipe.Scores.class);
        OptimizerSettings optimizer = settings.teacher().orElseThrow().caption().optimizer();
        return arm(arm, seed, run, scores.cider(), scores.vqa(), entropy(run, "teacher-caption", optimizer), TEACHER);
    }

    /** Held-out cross-entropy of hidden words by the weights that a stage kept: the best, with patience, else the last. */
    private static OptionalDouble entropy(RunDirectory run, String stage, OptimizerSettings optimizer) {
        DoubleStream validated = Metrics.read(run.metrics()).stream()
                .filter(r -> r.stage().equals(stage) && r.name().equals("val words"))
                .mapToDouble(Metrics.Row::value);
        return optimizer.patience() > 0 ? validated.min() : validated.reduce((a, b) -> b);
    }

    private static ArmResult arm(
            String arm,
            long seed,
            RunDirectory run,
            double cider,
            double vqa,
            OptionalDouble entropy,
            List<String> stages) {
        List<Metrics.Row> metrics = Metrics.read(run.metrics());
        long steps = stages.stream()
                .mapToLong(s -> metrics.stream()
                        .filter(r -> r.stage().equals(s))
                        .mapToLong(Metrics.Row::step)
                        .max()
                        .orElse(0))
                .sum();
        double seconds = stages.stream()
                .mapToDouble(s -> run.record(s).map(StageRecord::seconds).orElse(0.0))
                .sum();
        return new ArmResult(
                arm, seed, cider, vqa, entropy, steps, seconds, run.metrics().toString());
    }

    /** An arm without a model: its captions have a figure of their own, its answers are those that most people gave. */
    private ArmResult untrained(String name, ToDoubleFunction<TrainConfig.Data> cider) {
        TrainConfig.Data data = config.settings(folder, name, List.of()).data();
        List<VqaQuestion> questions =
                QuestionFile.read(data.annotations("questions", "test"), data.annotations("annotations", "test"))
                        .stream()
                        .map(Question::truth)
                        .toList();
        return new ArmResult(
                name,
                config.seeds().get(0),
                cider.applyAsDouble(data),
                People.accuracy(questions),
                OptionalDouble.empty(),
                0,
                0,
                "");
    }

    private static List<CaptionedPicture> captions(TrainConfig.Data data) {
        return CaptionFile.read(data.annotations("captions", "test"));
    }

    private static double ceiling(TrainConfig.Data data) {
        Path file = data.annotations("ceiling", "test");
        UserError.require(
                Files.exists(file),
                "%s is not there: only data sets of glimpse scenes have a ceiling; leave the arm out, or let it measure people",
                file);
        return People.cider(captions(data), CaptionResults.read(file));
    }

    private void write(List<ArmResult> results) {
        Json.write(root.resolve("ablation.json"), results);
        text("ablation.md", ArmTable.markdown(results, config::against));
        text("ablation.html", ArmPage.of(config.name(), results, config.reference(), config::against));
    }

    private void text(String name, String text) {
        Path file = root.resolve(name);
        try {
            AtomicFile.write(file, text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UserError(file + ": cannot be written: " + e.getMessage() + "; is the disk full?", e);
        }
    }
}
