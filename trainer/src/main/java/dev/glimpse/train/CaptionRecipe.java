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
import java.util.List;
import java.util.Map;

/**
 * Fine-tuning on captions: {@code student-pretrained.safetensors}, features and captions in, {@code
 * student-caption.safetensors} out. Words and [SEP] are hidden; each is to be told from the words before it, tags and
 * regions.
 */
final class CaptionRecipe implements Recipe {
    static final String KIND = "student-caption";

    private final Job job;
    private final TrainConfig.Caption settings;

    CaptionRecipe(Job job) {
        this.job = job;
        this.settings = job.config().caption();
    }

    @Override
    public Stage stage() {
        TrainConfig config = job.config();
        RunDirectory run = job.run();
        return new Stage(
                "caption",
                List.of(config.seed(), config.fusion(), settings),
                List.of(
                        config.data().annotations("captions", "train"),
                        config.data().annotations("captions", "val"),
                        RunFiles.labels(run),
                        RunFiles.tokenizer(run),
                        RunFiles.answers(run),
                        RunFiles.studentDetector(run),
                        RunFiles.features(run, "train"),
                        RunFiles.features(run, "val"),
                        RunFiles.fusion(run, PretrainRecipe.KIND)),
                List.of(RunFiles.fusion(run, KIND)));
    }

    @Override
    public void run() {
        Seed seed = new Seed(job.config().seed()).at("caption");
        try (FusionContext context = new FusionContext(job);
                NDManager manager = NDManager.newBaseManager(job.devices().get(0));
                Parameters parameters = new Parameters(manager, FusionTensors.captioning(context.size()), seed)) {
            try (FusionFile pretrained =
                    new FusionFile(RunFiles.fusion(job.run(), PretrainRecipe.KIND), PretrainRecipe.KIND)) {
                pretrained.requireSize(context.size());
                pretrained.load(parameters);
            }
            train(context, manager, parameters, seed);
            FusionFile.write(RunFiles.fusion(job.run(), KIND), KIND, context.size(), context.layout(), parameters);
        }
    }

    private void train(FusionContext context, NDManager manager, Parameters parameters, Seed seed) {
        CaptionTask samples = context.captions("train");
        FusionContext.requireEnough(
                "caption", samples.size(), settings.optimizer().batch());
        WordValidation validation = new WordValidation(context, manager, parameters, settings.masking());
        HiddenWords hiding = context.hiding(settings.masking());
        FusionSize size = context.size();
        Shuffle order = new Shuffle(seed.at("order"), samples.size());
        DataParallel parallel = new DataParallel(manager, parameters, job.devices());
        try (Training training = new Training(
                        job.run(), stage(), settings.optimizer(), seed, manager, parameters, List.of(), job.stop());
                Batches<CaptionBatch> batches = new Batches<>(
                        "caption",
                        training,
                        order,
                        (chosen, step) -> samples.captioning(chosen, hiding, training.seed(step)))) {
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

    /** Hidden words, with label smoothing. */
    private Map<String, NDArray> losses(
            NDManager step, Fusion fusion, FusionContext context, CaptionBatch whole, Part part) {
        CaptionBatch batch = whole.share(part.from(), part.to());
        NDArray states =
                FusionForward.encode(step, fusion, context.layout(), batch).states();
        NDArray logits = FusionForward.words(step, fusion, states, batch);
        NDArray words = CrossEntropy.mean(logits, step.create(batch.targets()), settings.labelSmoothing());
        return Map.of("words", part.balanced(words, batch.targets().length, whole.targets().length));
    }
}
