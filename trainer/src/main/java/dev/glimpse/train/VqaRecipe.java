package dev.glimpse.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.glimpse.batch.QuestionTask;
import dev.glimpse.distillation.AnswerDistillation;
import dev.glimpse.loss.SoftBinary;
import dev.glimpse.network.Fusion;
import dev.glimpse.network.FusionFile;
import dev.glimpse.network.FusionTensors;
import dev.glimpse.parameter.ParameterSpec;
import dev.glimpse.parameter.Parameters;
import dev.glimpse.run.Goal;
import dev.glimpse.run.Recipe;
import dev.glimpse.run.RunDirectory;
import dev.glimpse.run.Stage;
import dev.glimpse.run.Training;
import dev.glimpse.sample.Batches;
import dev.glimpse.seed.Seed;
import dev.glimpse.seed.Shuffle;
import dev.glimpse.size.FusionSize;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Fine-tuning on questions: a pre-trained transformer, features, questions and answers in, {@code student-vqa.safetensors} or
 * {@code teacher-vqa.safetensors} out. Every answer is scored by itself; [CLS] sees the question and the regions, no tags. The
 * student may learn from the teacher.
 */
final class VqaRecipe implements Recipe {
    static final String KIND = "student-vqa";

    private static final int VALIDATED = 1024;
    private static final Goal GOAL = Goal.highest("val score");

    private final Job job;
    private final Role role;
    private final TrainConfig.Vqa settings;

    /** The student. */
    VqaRecipe(Job job) {
        this(
                job,
                Role.student(job.config(), "vqa", Optional.of(PretrainRecipe.KIND), KIND),
                job.config().vqa());
    }

    private VqaRecipe(Job job, Role role, TrainConfig.Vqa settings) {
        this.job = job;
        this.role = role;
        this.settings = settings;
    }

    /** The teacher, on the boxes that it is to teach on. */
    static VqaRecipe teacher(Job job) {
        TrainConfig config = job.config();
        TeacherConfig teacher = Role.teacher(config);
        Role role = Role.teacher(
                config, "teacher-vqa", Optional.of(teacher.foundation()), Role.TEACHER_VQA, teacher.learns());
        return new VqaRecipe(job, role, teacher.vqa().undistilled(config.vqa().minAnswers()));
    }

    @Override
    public Stage stage() {
        TrainConfig config = job.config();
        RunDirectory run = job.run();
        List<Path> inputs = role.inputs(run, "train", "val");
        for (String split : List.of("train", "val")) {
            inputs.add(config.data().annotations("questions", split));
            inputs.add(config.data().annotations("annotations", split));
        }
        List<Object> depends = new ArrayList<>(List.of(config.seed(), role, settings));
        if (settings.distillation().isPresent()) {
            Regions teaches = Role.teacher(config).teaches();
            depends.add(teaches);
            inputs.addAll(Role.files(teaches, run, "train"));
            inputs.add(RunFiles.fusion(run, Role.TEACHER_VQA));
        }
        return new Stage(role.stage(), depends, inputs, List.of(RunFiles.fusion(run, role.result())));
    }

    @Override
    public void run() {
        Seed seed = new Seed(job.config().seed()).at(role.stage());
        try (FusionContext context = new FusionContext(job, role.fusion(), role.regions());
                NDManager manager = NDManager.newBaseManager(job.devices().get(0));
                Lessons lessons = new Lessons(settings.distillation().map(d -> distiller(d, context, manager)))) {
            FusionSize size = context.size();
            List<ParameterSpec> specs = FusionTensors.answering(size);
            try (Parameters parameters = new Parameters(manager, lessons.with(specs, size), seed);
                    FusionFile pretrained = FusionContext.open(job, role)) {
                pretrained.requireSize(size);
                pretrained.load(parameters, "answer.");
                train(context, manager, parameters, lessons, seed);
                Path file = RunFiles.fusion(job.run(), role.result());
                FusionFile.write(file, role.result(), size, context.layout(), parameters);
            }
        }
    }

    private Distiller distiller(AnswerDistillation settings, FusionContext context, NDManager manager) {
        return new Distiller(
                job,
                manager,
                context,
                Role.TEACHER_VQA,
                FusionTensors::answering,
                settings.weights(),
                settings.contrast());
    }

    private void train(FusionContext context, NDManager manager, Parameters parameters, Lessons lessons, Seed seed) {
        QuestionTask samples = context.learnableQuestions(settings.share());
        QuestionTask validation = context.questions("val");
        FusionContext.requireEnough(
                role.stage(), samples.size(), settings.optimizer().batch());
        FusionSize size = context.size();
        Shuffle order = new Shuffle(seed.at("order"), samples.size());
        DataParallel parallel = new DataParallel(manager, parameters, job.devices());
        try (Training training = new Training(
                        job.run(),
                        stage(),
                        settings.optimizer(),
                        job.precision(),
                        seed,
                        manager,
                        parameters,
                        lessons.buffers(),
                        job.stop());
                Batches<QuestionTask.Batch> batches =
                        new Batches<>(role.stage(), training, order, (chosen, step) -> samples.batch(chosen))) {
            while (training.next()) {
                QuestionTask.Batch batch = batches.next();
                parallel.step(
                        training,
                        (step, weights, part) ->
                                losses(step, role.dropout(size, weights), batch, part, training, lessons));
                boolean last = training.step() == settings.optimizer().steps();
                if (last || training.step() % settings.optimizer().checkpointEvery() == 0) {
                    training.validate(GOAL, () -> validate(validation, size, manager, parameters));
                }
            }
        }
    }

    /** Soft scores + what the teacher adds. */
    private Map<String, NDArray> losses(
            NDManager step, Fusion fusion, QuestionTask.Batch whole, Part part, Training training, Lessons lessons) {
        QuestionTask.Batch batch = whole.share(part.from(), part.to());
        Fusion.Encoded encoded = FusionForward.encode(step, fusion, batch);
        NDArray logits = fusion.answers(encoded.states());
        Map<String, NDArray> losses = new LinkedHashMap<>();
        losses.put("answers", SoftBinary.mean(logits, FusionForward.scores(step, batch)));
        settings.distillation().ifPresent(d -> lessons.distiller()
                .ifPresent(t -> losses.putAll(t.terms(training, part, fusion, encoded, logits, batch, d))));
        return losses;
    }

    /** {@code val score}: mean soft score of the best answer, in [0, 1]. */
    private static Map<String, Double> validate(
            QuestionTask questions, FusionSize size, NDManager manager, Parameters parameters) {
        int used = Math.min(VALIDATED, questions.size());
        double sum = 0;
        for (int from = 0; from < used; from += 64) {
            int[] some = IntStream.range(from, Math.min(used, from + 64)).toArray();
            try (NDManager step = manager.newSubManager()) {
                QuestionTask.Batch batch = questions.batch(some);
                Fusion fusion = Fusion.evaluating(size, parameters.constant(step));
                NDArray logits =
                        fusion.answers(FusionForward.encode(step, fusion, batch).states());
                NDArray best = logits.argMax(1).expandDims(1);
                sum += FusionForward.scores(step, batch).gather(best, 1).sum().getFloat();
            }
        }
        return Map.of("val score", sum / used);
    }
}
