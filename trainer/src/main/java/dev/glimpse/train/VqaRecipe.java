package dev.glimpse.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.glimpse.batch.QuestionTask;
import dev.glimpse.loss.SoftBinary;
import dev.glimpse.network.Dropout;
import dev.glimpse.network.Fusion;
import dev.glimpse.network.FusionFile;
import dev.glimpse.network.FusionTensors;
import dev.glimpse.parameter.Parameters;
import dev.glimpse.parameter.Weights;
import dev.glimpse.run.Goal;
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
import java.util.stream.IntStream;

/**
 * Fine-tuning on questions: {@code student-pretrained.safetensors}, features, questions and answers in, {@code
 * student-vqa.safetensors} out. Every answer is scored by itself; [CLS] sees the question and the regions, no tags.
 */
final class VqaRecipe implements Recipe {
    static final String KIND = "student-vqa";

    private static final int VALIDATED = 1024;
    private static final Goal GOAL = Goal.highest("val score");

    private final Job job;
    private final TrainConfig.Vqa settings;

    VqaRecipe(Job job) {
        this.job = job;
        this.settings = job.config().vqa();
    }

    @Override
    public Stage stage() {
        TrainConfig config = job.config();
        RunDirectory run = job.run();
        return new Stage(
                "vqa",
                List.of(config.seed(), config.fusion(), settings),
                List.of(
                        config.data().annotations("questions", "train"),
                        config.data().annotations("annotations", "train"),
                        config.data().annotations("questions", "val"),
                        config.data().annotations("annotations", "val"),
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
        Seed seed = new Seed(job.config().seed()).at("vqa");
        try (FusionContext context = new FusionContext(job);
                NDManager manager = NDManager.newBaseManager(job.devices().get(0));
                Parameters parameters = new Parameters(manager, FusionTensors.answering(context.size()), seed)) {
            try (FusionFile pretrained =
                    new FusionFile(RunFiles.fusion(job.run(), PretrainRecipe.KIND), PretrainRecipe.KIND)) {
                pretrained.requireSize(context.size());
                pretrained.load(parameters, "answer.");
            }
            train(context, manager, parameters, seed);
            FusionFile.write(RunFiles.fusion(job.run(), KIND), KIND, context.size(), context.layout(), parameters);
        }
    }

    private void train(FusionContext context, NDManager manager, Parameters parameters, Seed seed) {
        QuestionTask samples = context.learnableQuestions();
        QuestionTask validation = context.questions("val");
        FusionContext.requireEnough("vqa", samples.size(), settings.optimizer().batch());
        FusionSize size = context.size();
        Shuffle order = new Shuffle(seed.at("order"), samples.size());
        DataParallel parallel = new DataParallel(manager, parameters, job.devices());
        try (Training training = new Training(
                        job.run(), stage(), settings.optimizer(), seed, manager, parameters, List.of(), job.stop());
                Batches<QuestionTask.Batch> batches =
                        new Batches<>("vqa", training, order, (chosen, step) -> samples.batch(chosen))) {
            while (training.next()) {
                QuestionTask.Batch batch = batches.next();
                parallel.step(
                        training,
                        (step, weights, part) ->
                                losses(step, fusion(size, weights), batch.share(part.from(), part.to())));
                boolean last = training.step() == settings.optimizer().steps();
                if (last || training.step() % settings.optimizer().checkpointEvery() == 0) {
                    training.validate(GOAL, () -> validate(validation, size, manager, parameters));
                }
            }
        }
    }

    private Fusion fusion(FusionSize size, Weights weights) {
        TrainConfig.Fusion fusion = job.config().fusion();
        return new Fusion(size, weights, new Dropout(fusion.dropout()), new Dropout(fusion.attentionDropout()));
    }

    private static Map<String, NDArray> losses(NDManager step, Fusion fusion, QuestionTask.Batch batch) {
        NDArray logits =
                fusion.answers(FusionForward.encode(step, fusion, batch).states());
        return Map.of("answers", SoftBinary.mean(logits, FusionForward.scores(step, batch)));
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
