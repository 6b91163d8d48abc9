package dev.glimpse.train;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import dev.glimpse.annotation.Instances;
import dev.glimpse.bundle.Labels;
import dev.glimpse.detector.DetectorStep;
import dev.glimpse.detector.StudentDetector;
import dev.glimpse.json.Json;
import dev.glimpse.optimizer.OptimizerSettings;
import dev.glimpse.run.Goal;
import dev.glimpse.run.Recipe;
import dev.glimpse.run.RunDirectory;
import dev.glimpse.run.Stage;
import dev.glimpse.run.StopSignal;
import dev.glimpse.run.Training;
import dev.glimpse.sample.Batches;
import dev.glimpse.sample.DetectorBatch;
import dev.glimpse.sample.DetectorSamples;
import dev.glimpse.sample.DetectorSplit;
import dev.glimpse.seed.Seed;
import dev.glimpse.seed.Shuffle;
import dev.glimpse.size.DetectorSize;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Stage {@code detectors}: annotated pictures in, {@code student-detector.safetensors} and {@code labels.json} out; losses and
 * average precision on the split val go to the run's metrics.
 */
public final class DetectorRecipe implements Recipe {
    static final String CACHES = "cache";

    private static final String TRAIN = "train";
    private static final String VALIDATION = "val";
    private static final Goal GOAL = Goal.highest("AP");

    private final RunDirectory run;
    private final TrainConfig.Data data;
    private final DetectorConfig config;
    private final Seed seed;
    private final Device device;
    private final StopSignal stop;

    public DetectorRecipe(Job job) {
        this(
                job.run(),
                job.config().data().ofDetectors(),
                job.config().detector(),
                new Seed(job.config().seed()),
                job.devices().get(0),
                job.stop());
    }

    DetectorRecipe(
            RunDirectory run, TrainConfig.Data data, DetectorConfig config, Seed seed, Device device, StopSignal stop) {
        this.run = run;
        this.data = data;
        this.config = config;
        this.seed = seed.at("detectors");
        this.device = device;
        this.stop = stop;
    }

    @Override
    public Stage stage() {
        return new Stage(
                "detectors",
                List.of(seed, config),
                List.of(
                        data.annotations("instances", TRAIN),
                        data.annotations("instances", VALIDATION),
                        data.images(TRAIN),
                        data.images(VALIDATION)),
                List.of(RunFiles.studentDetector(run), RunFiles.labels(run)));
    }

    @Override
    public void run() {
        Instances train = Instances.read(data.annotations("instances", TRAIN));
        Labels labels = train.labels();
        Instances validation = Instances.read(data.annotations("instances", VALIDATION), labels);
        System.err.println(train.summary());
        System.err.println(validation.summary());
        DetectorSize size = config.network().size(labels);
        DetectorSamples samples = new DetectorSamples(split(TRAIN, train), config.augmentation());
        DetectorEvaluation evaluation = new DetectorEvaluation(split(VALIDATION, validation));
        try (NDManager manager = NDManager.newBaseManager(device);
                StudentDetector detector = new StudentDetector(manager, size, labels, seed.at("start"))) {
            System.err.printf(
                    "detectors: %,d parameters%n", detector.parameters().count());
            learn(manager, detector, samples, evaluation);
            detector.write(RunFiles.studentDetector(run));
            Json.write(RunFiles.labels(run), labels);
        }
    }

    private DetectorSplit split(String name, Instances instances) {
        Path caches = run.file(CACHES);
        DetectorConfig.Network network = config.network();
        return DetectorSplit.open(
                caches, name, instances, data.images(name), network.pictureWidth(), network.pictureHeight());
    }

    private void learn(
            NDManager manager, StudentDetector detector, DetectorSamples samples, DetectorEvaluation evaluation) {
        DetectorStep step = new DetectorStep(detector.size(), config.training());
        DataParallel parallel = new DataParallel(manager, detector.parameters(), List.of(device));
        OptimizerSettings settings = config.optimizer();
        try (Training training = new Training(
                        run,
                        stage(),
                        settings,
                        seed,
                        manager,
                        detector.parameters(),
                        List.of(detector.statistics()),
                        stop);
                Batches<DetectorBatch> batches = batches(samples, training)) {
            while (training.next()) {
                DetectorBatch batch = batches.next();
                parallel.step(
                        training,
                        (scope, weights, part) -> step.losses(
                                scope,
                                detector.training(scope, weights),
                                batch.share(part.from(), part.to()),
                                part.from() == 0
                                        ? training.seed()
                                        : training.seed().at(part.from())));
                boolean last = training.step() == settings.steps() && settings.patience() == 0;
                if (training.step() % config.evaluateEvery() == 0 && !last) {
                    training.validate(GOAL, () -> evaluation.scores(detector, config.evaluatePictures()));
                }
            }
            Map<String, Double> scores = evaluation.scores(detector, Integer.MAX_VALUE);
            training.measured(scores);
            System.err.println("detectors: on val " + scores);
        }
    }

    /** The batches, made on another thread. */
    private Batches<DetectorBatch> batches(DetectorSamples samples, Training training) {
        Shuffle shuffle = new Shuffle(seed.at("order"), samples.split().size());
        Seed augmentation = seed.at("augmentation");
        return new Batches<>(
                "detector", training, shuffle, (chosen, step) -> samples.batch(chosen, augmentation.at(step)));
    }
}
