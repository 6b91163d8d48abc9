package dev.glimpse.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.glimpse.batch.CaptionBatch;
import dev.glimpse.batch.CaptionTask;
import dev.glimpse.batch.HiddenWords;
import dev.glimpse.loss.CrossEntropy;
import dev.glimpse.network.Dropout;
import dev.glimpse.network.Fusion;
import dev.glimpse.network.FusionFile;
import dev.glimpse.network.FusionTensors;
import dev.glimpse.parameter.Parameters;
import dev.glimpse.parameter.Weights;
import dev.glimpse.run.Recipe;
import dev.glimpse.run.RunDirectory;
import dev.glimpse.run.Stage;
import dev.glimpse.run.Training;
import dev.glimpse.sample.Batches;
import dev.glimpse.seed.Seed;
import dev.glimpse.seed.Shuffle;
import dev.glimpse.size.FusionSize;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Pre-training: features and captions in, {@code student-pretrained.safetensors}, {@code tokenizer.json} and {@code
 * answers.json} out. The student learns hidden words of captions and tags, and whether tags and picture belong together.
 */
final class PretrainRecipe implements Recipe {
    static final String KIND = "student-pretrained";

    private final Job job;
    private final TrainConfig.Pretrain settings;

    PretrainRecipe(Job job) {
        this.job = job;
        this.settings = job.config().pretrain();
    }

    @Override
    public Stage stage() {
        TrainConfig config = job.config();
        RunDirectory run = job.run();
        return new Stage(
                "pretrain",
                List.of(config.seed(), config.text(), config.vqa().minAnswers(), config.fusion(), settings),
                List.of(
                        config.data().annotations("captions", "train"),
                        config.data().annotations("questions", "train"),
                        config.data().annotations("annotations", "train"),
                        config.data().annotations("captions", "val"),
                        RunFiles.labels(run),
                        RunFiles.studentDetector(run),
                        RunFiles.features(run, "train"),
                        RunFiles.features(run, "val")),
                List.of(RunFiles.tokenizer(run), RunFiles.answers(run), RunFiles.fusion(run, KIND)));
    }

    @Override
    public void run() {
        TextPreparation.write(job);
        Seed seed = new Seed(job.config().seed()).at("pretrain");
        try (FusionContext context = new FusionContext(job);
                NDManager manager = NDManager.newBaseManager(job.devices().get(0));
                Parameters parameters = new Parameters(manager, FusionTensors.pretraining(context.size()), seed)) {
            train(context, manager, parameters, seed);
            FusionFile.write(RunFiles.fusion(job.run(), KIND), KIND, context.size(), context.layout(), parameters);
        }
    }

    private void train(FusionContext context, NDManager manager, Parameters parameters, Seed seed) {
        CaptionTask samples = context.captions("train");
        FusionContext.requireEnough(
                "pretrain", samples.size(), settings.optimizer().batch());
        WordValidation validation = new WordValidation(context, manager, parameters, settings.masking());
        HiddenWords hiding = context.hiding(settings.masking());
        FusionSize size = context.size();
        Shuffle order = new Shuffle(seed.at("order"), samples.size());
        DataParallel parallel = new DataParallel(manager, parameters, job.devices());
        try (Training training = new Training(
                        job.run(), stage(), settings.optimizer(), seed, manager, parameters, List.of(), job.stop());
                Batches<CaptionBatch> batches = new Batches<>(
                        "pretrain",
                        training,
                        order,
                        (chosen, step) ->
                                samples.pretraining(chosen, hiding, settings.mismatched(), training.seed(step)))) {
            while (training.next()) {
                CaptionBatch batch = batches.next();
                parallel.step(
                        training, (step, weights, part) -> losses(step, fusion(size, weights), context, batch, part));
                if (validation.isDue(training.step(), settings.optimizer())) {
                    training.validate(WordValidation.GOAL, validation::measure);
                }
            }
        }
    }

    private Fusion fusion(FusionSize size, Weights weights) {
        TrainConfig.Fusion fusion = job.config().fusion();
        return new Fusion(size, weights, new Dropout(fusion.dropout()), new Dropout(fusion.attentionDropout()));
    }

    /** Hidden words + matching. */
    private static Map<String, NDArray> losses(
            NDManager step, Fusion fusion, FusionContext context, CaptionBatch whole, Part part) {
        CaptionBatch batch = whole.share(part.from(), part.to());
        NDArray states =
                FusionForward.encode(step, fusion, context.layout(), batch).states();
        NDArray words =
                CrossEntropy.mean(FusionForward.words(step, fusion, states, batch), step.create(batch.targets()), 0);
        Map<String, NDArray> losses = new LinkedHashMap<>();
        losses.put("words", part.balanced(words, batch.targets().length, whole.targets().length));
        losses.put("matching", CrossEntropy.mean(fusion.matching(states), step.create(labels(batch)), 0));
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
