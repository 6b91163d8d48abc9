package dev.glimpse.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.glimpse.batch.CaptionBatch;
import dev.glimpse.batch.CaptionTask;
import dev.glimpse.batch.HiddenWords;
import dev.glimpse.distillation.Inheritance;
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
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Pre-training: features and captions in, a transformer out that tells hidden words of captions and tags, and whether tags and
 * picture belong together. Three trainings do this: the teacher's on its own boxes, the teacher's adaptation to the student's
 * boxes, and the student's, {@code student-pretrained.safetensors}, which may learn from the adapted teacher.
 */
final class PretrainRecipe implements Recipe {
    static final String KIND = "student-pretrained";

    private final Job job;
    private final Role role;
    private final TrainConfig.Pretrain settings;

    /** The student. */
    PretrainRecipe(Job job) {
        this(
                job,
                Role.student(job.config(), "pretrain", Optional.empty(), KIND),
                job.config().pretrain());
    }

    private PretrainRecipe(Job job, Role role, TrainConfig.Pretrain settings) {
        this.job = job;
        this.role = role;
        this.settings = settings;
    }

    /** The teacher, on its own boxes. */
    static PretrainRecipe teacher(Job job) {
        TrainConfig config = job.config();
        Role role =
                Role.teacher(config, "teacher-pretrain", Optional.empty(), Role.TEACHER_PRETRAINED, Regions.TEACHER);
        return new PretrainRecipe(job, role, Role.teacher(config).pretrain().undistilled());
    }

    /** The teacher again, on the student's boxes and tags with its own features. */
    static PretrainRecipe adaptation(Job job) {
        TrainConfig config = job.config();
        Role role = Role.teacher(
                config, "teacher-adapt", Optional.of(Role.TEACHER_PRETRAINED), Role.TEACHER_ADAPTED, Regions.ALIGNED);
        return new PretrainRecipe(job, role, Role.teacher(config).adapt().undistilled());
    }

    @Override
    public Stage stage() {
        TrainConfig config = job.config();
        RunDirectory run = job.run();
        List<Path> inputs = role.inputs(run, "train", "val");
        inputs.add(config.data().annotations("captions", "train"));
        inputs.add(config.data().annotations("captions", "val"));
        if (role.start().isEmpty()) {
            Start.file(config, role.startName()).ifPresent(inputs::add);
        }
        List<Object> depends = new ArrayList<>(List.of(config.seed(), role, settings));
        if (settings.distillation().isPresent() || settings.initialise() == TrainConfig.Initialise.TEACHER) {
            TeacherConfig teacher = Role.teacher(config);
            depends.add(teacher.teaches());
            inputs.addAll(Role.files(teacher.teaches(), run, "train"));
            inputs.add(RunFiles.fusion(run, teacher.foundation()));
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
            List<ParameterSpec> specs = FusionTensors.pretraining(size);
            try (Parameters parameters = new Parameters(manager, lessons.with(specs, size), seed)) {
                begin(parameters, size);
                train(context, manager, parameters, lessons, seed);
                Path file = RunFiles.fusion(job.run(), role.result());
                FusionFile.write(file, role.result(), size, context.layout(), parameters.tensors());
            }
        }
    }

    private Distiller distiller(WordDistillation settings, FusionContext context, NDManager manager) {
        String kind = Role.teacher(job.config()).foundation();
        return new Distiller(
                job, manager, context, kind, FusionTensors::pretraining, settings.weights(), settings.contrast());
    }

    /** The weights before the first step, if not random. */
    private void begin(Parameters parameters, FusionSize size) {
        if (role.start().isPresent()) {
            try (FusionFile file = FusionContext.open(job, role)) {
                file.requireSize(size);
                file.load(parameters);
            }
        } else if (settings.initialise() == TrainConfig.Initialise.TEACHER) {
            String kind = Role.teacher(job.config()).foundation();
            try (FusionFile file = new FusionFile(RunFiles.fusion(job.run(), kind), kind)) {
                parameters.load(Inheritance.of(file.tensors(), file.size(), parameters.tensors(), size), "the teacher");
            }
        } else {
            Start.load(job.config(), role.startName(), parameters);
        }
    }

    private void train(FusionContext context, NDManager manager, Parameters parameters, Lessons lessons, Seed seed) {
        CaptionTask samples = context.captions("train", context.captioned("train", settings.share()));
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
                        (chosen, step) ->
                                samples.pretraining(chosen, hiding, settings.mismatched(), training.seed(step)))) {
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

    /** Hidden words + matching + what the teacher adds. */
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
        NDArray words = CrossEntropy.mean(logits, step.create(batch.targets()), 0);
        Map<String, NDArray> losses = new LinkedHashMap<>();
        losses.put("words", part.balanced(words, batch.targets().length, whole.targets().length));
        losses.put("matching", CrossEntropy.mean(fusion.matching(encoded.states()), step.create(labels(batch)), 0));
        settings.distillation().ifPresent(d -> lessons.distiller()
                .ifPresent(t -> losses.putAll(t.terms(training, part, fusion, encoded, logits, batch, d))));
        return losses;
    }

    private static long[] labels(CaptionBatch batch) {
        long[] labels = new long[batch.size()];
        for (int b = 0; b < labels.length; b++) {
            labels[b] = batch.matches()[b] ? 1 : 0;
        }
        return labels;
    }
}
