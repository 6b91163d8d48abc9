package dev.glimpse.train;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import dev.glimpse.annotation.Instances;
import dev.glimpse.bundle.Labels;
import dev.glimpse.detector.DetectorStep;
import dev.glimpse.detector.StudentDetector;
import dev.glimpse.detector.TeeNetwork;
import dev.glimpse.json.Json;
import dev.glimpse.run.Recipe;
import dev.glimpse.run.RunDirectory;
import dev.glimpse.run.Stage;
import dev.glimpse.run.StopSignal;
import dev.glimpse.run.Training;
import dev.glimpse.sample.DetectorBatch;
import dev.glimpse.sample.DetectorSamples;
import dev.glimpse.sample.DetectorSplit;
import dev.glimpse.sample.Prefetch;
import dev.glimpse.seed.Seed;
import dev.glimpse.seed.Shuffle;
import dev.glimpse.size.DetectorSize;
import java.nio.file.Path;
import java.util.LinkedHashMap;
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
    private static final int PREFETCHED = 3;

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
        try (Training training = new Training(
                        run,
                        stage(),
                        config.optimizer(),
                        seed,
                        manager,
                        detector.parameters(),
                        List.of(detector.statistics()),
                        stop);
                Prefetch<DetectorBatch> batches = batches(samples, training.resumedAt() + 1)) {
            while (training.next()) {
                learn(manager, detector, step, batches.next(), training);
                boolean last = training.step() == config.optimizer().steps();
                if (training.step() % config.evaluateEvery() == 0 && !last) {
                    training.measured(evaluation.scores(detector, config.evaluatePictures()));
                }
            }
            Map<String, Double> scores = evaluation.scores(detector, Integer.MAX_VALUE);
            training.measured(scores);
            System.err.println("detectors: on val " + scores);
        }
    }

    private void learn(
            NDManager manager, StudentDetector detector, DetectorStep step, DetectorBatch batch, Training training) {
        try (NDManager scope = manager.newSubManager();
                GradientCollector collector = Engine.getInstance().newGradientCollector()) {
            TeeNetwork network = detector.training(scope);
            Map<String, NDArray> losses = step.losses(scope, network, batch, training.seed());
            NDArray total = losses.values().stream().reduce(NDArray::add).orElseThrow();
            collector.backward(total);
            Map<String, Float> values = new LinkedHashMap<>();
            losses.forEach((name, loss) -> values.put(name, loss.getFloat()));
            values.put("loss", total.getFloat());
            training.update(network.weights().gradient(), values);
        }
    }

    /** The batches from step {@code first} on, made on another thread. */
    private Prefetch<DetectorBatch> batches(DetectorSamples samples, long first) {
        Shuffle shuffle = new Shuffle(seed.at("order"), samples.split().size());
        Seed augmentation = seed.at("augmentation");
        int batch = config.optimizer().batch();
        return new Prefetch<>(
                "detector-batches",
                first,
                PREFETCHED,
                step -> samples.batch(shuffle.batch(step, batch), augmentation.at(step)));
    }
}
