package dev.glimpse.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.glimpse.batch.CaptionBatch;
import dev.glimpse.batch.CaptionTask;
import dev.glimpse.batch.HiddenWords;
import dev.glimpse.distillation.WordDistillation;
import dev.glimpse.loss.CrossEntropy;
import dev.glimpse.network.Fusion;
import dev.glimpse.network.FusionFile;
import dev.glimpse.network.FusionTensors;
import dev.glimpse.parameter.ParameterSpec;
import dev.glimpse.parameter.Parameters;
import dev.glimpse.run.Recipe;
import dev.glimpse.run.RunDirectory;
import dev.glimpse.run.Stage;
import dev.glimpse.run.Training;
import dev.glimpse.sample.Batches;
import dev.glimpse.seed.Seed;
import dev.glimpse.seed.Shuffle;
import dev.glimpse.size.FusionSize;
import dev.glimpse.text.CaptionFile;
import dev.glimpse.text.CaptionedPicture;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Fine-tuning on captions: a pre-trained transformer, features and captions in, {@code student-caption.safetensors} or {@code
 * teacher-caption.safetensors} out. Words and [SEP] are hidden; each is to be told from the words before it, tags and regions.
 * The student may learn from the teacher, and from captions that the teacher wrote.
 */
final class CaptionRecipe implements Recipe {
    static final String KIND = "student-caption";

    private final Job job;
    private final Role role;
    private final TrainConfig.Caption settings;

    /** The student. */
    CaptionRecipe(Job job) {
        this(
                job,
                Role.student(job.config(), "caption", Optional.of(PretrainRecipe.KIND), ScstRecipe.start(job.config())),
                job.config().caption());
    }

    private CaptionRecipe(Job job, Role role, TrainConfig.Caption settings) {
        this.job = job;
        this.role = role;
        this.settings = settings;
    }

    /** The teacher, on the boxes that it is to teach on. */
    static CaptionRecipe teacher(Job job) {
        TrainConfig config = job.config();
        TeacherConfig teacher = Role.teacher(config);
        Role role = Role.teacher(
                config, "teacher-caption", Optional.of(teacher.foundation()), Role.TEACHER_CAPTION, teacher.learns());
        return new CaptionRecipe(job, role, teacher.caption().undistilled());
    }

    @Override
    public Stage stage() {
        TrainConfig config = job.config();
        RunDirectory run = job.run();
        List<Path> inputs = role.inputs(run, "train", "val");
        inputs.add(config.data().annotations("captions", "train"));
        inputs.add(config.data().annotations("captions", "val"));
        List<Object> depends = new ArrayList<>(List.of(config.seed(), role, settings));
        if (settings.teacherCaptions() != TrainConfig.TeacherCaptions.NONE) {
            inputs.add(RunFiles.teacherCaptions(run));
        }
        if (settings.distillation().isPresent()) {
            Regions teaches = Role.teacher(config).teaches();
            depends.add(teaches);
            inputs.addAll(Role.files(teaches, run, "train"));
            inputs.add(RunFiles.fusion(run, Role.TEACHER_CAPTION));
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
            List<ParameterSpec> specs = FusionTensors.captioning(size);
            try (Parameters parameters = new Parameters(manager, lessons.with(specs, size), seed);
                    FusionFile pretrained = FusionContext.open(job, role)) {
                pretrained.requireSize(size);
                pretrained.load(parameters);
                train(context, manager, parameters, lessons, seed);
                Path file = RunFiles.fusion(job.run(), role.result());
                FusionFile.write(file, role.result(), size, context.layout(), parameters);
            }
        }
    }

    private Distiller distiller(WordDistillation settings, FusionContext context, NDManager manager) {
        return new Distiller(
                job,
                manager,
                context,
                Role.TEACHER_CAPTION,
                FusionTensors::captioning,
                settings.weights(),
                settings.contrast());
    }

    /**
     * Captions to learn from: those that people wrote of the share's pictures, then the teacher's that are asked for.
     *
     * @param teacher the teacher's captions of all training pictures; read where they are asked for
     */
    static List<CaptionedPicture> captions(FusionContext context, TrainConfig.Caption settings, Path teacher) {
        List<CaptionedPicture> people = context.captioned("train", settings.share());
        List<CaptionedPicture> captions = new ArrayList<>(people);
        switch (settings.teacherCaptions()) {
            case NONE -> {}
            case SHARE -> captions.addAll(CaptionFile.read(teacher).subList(0, people.size()));
            case ALL -> captions.addAll(CaptionFile.read(teacher));
        }
        return captions;
    }

    private void train(FusionContext context, NDManager manager, Parameters parameters, Lessons lessons, Seed seed) {
        CaptionTask samples =
                context.captions("train", captions(context, settings, RunFiles.teacherCaptions(job.run())));
        FusionContext.requireEnough(
                role.stage(), samples.size(), settings.optimizer().batch());
        WordValidation validation = new WordValidation(context, manager, parameters, settings.masking());
        HiddenWords hiding = context.hiding(settings.masking());
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
                Batches<CaptionBatch> batches = new Batches<>(
                        role.stage(),
                        training,
                        order,
                        (chosen, step) -> samples.captioning(chosen, hiding, training.seed(step)))) {
            while (training.next()) {
                CaptionBatch batch = batches.next();
                parallel.step(
                        training,
                        (step, weights, part) ->
                                losses(step, role.dropout(size, weights), context, batch, part, training, lessons));
                if (validation.isDue(training.step(), settings.optimizer())) {
                    training.validate(WordValidation.GOAL, validation::measure);
                }
            }
        }
    }

    /** Hidden words, with label smoothing, + what the teacher adds. */
    private Map<String, NDArray> losses(
            NDManager step,
            Fusion fusion,
            FusionContext context,
            CaptionBatch whole,
            Part part,
            Training training,
            Lessons lessons) {
        CaptionBatch batch = whole.share(part.from(), part.to());
        Fusion.Encoded encoded = FusionForward.encode(step, fusion, context.layout(), batch);
        NDArray logits = FusionForward.words(step, fusion, encoded.states(), batch);
        NDArray words = CrossEntropy.mean(logits, step.create(batch.targets()), settings.labelSmoothing());
        Map<String, NDArray> losses = new LinkedHashMap<>();
        losses.put("words", part.balanced(words, batch.targets().length, whole.targets().length));
        settings.distillation().ifPresent(d -> lessons.distiller()
                .ifPresent(t -> losses.putAll(t.terms(training, part, fusion, encoded, logits, batch, d))));
        return losses;
    }
}
