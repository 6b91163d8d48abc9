package dev.glimpse.train;

import ai.djl.ndarray.NDManager;
import dev.glimpse.annotation.Instances;
import dev.glimpse.detector.Detector;
import dev.glimpse.detector.DetectorOutline;
import dev.glimpse.detector.DetectorStep;
import dev.glimpse.detector.DetectorTraining;
import dev.glimpse.optimizer.OptimizerSettings;
import dev.glimpse.run.Goal;
import dev.glimpse.run.RunDirectory;
import dev.glimpse.run.Stage;
import dev.glimpse.run.StopSignal;
import dev.glimpse.run.Training;
import dev.glimpse.sample.Augmentation;
import dev.glimpse.sample.Batches;
import dev.glimpse.sample.DetectorBatch;
import dev.glimpse.sample.DetectorSamples;
import dev.glimpse.sample.DetectorSplit;
import dev.glimpse.seed.Seed;
import dev.glimpse.seed.Shuffle;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a detector of either kind learns: annotated pictures in, the detector's numbers changed; losses and average precision
 * on the split val go to the run's metrics.
 *
 * @param data where the pictures are
 * @param stage whose checkpoints and metrics these are
 * @param seed of the stage
 */
record DetectorLearning(
        RunDirectory run, TrainConfig.Data data, Stage stage, Settings settings, Seed seed, StopSignal stop) {
    static final String TRAIN = "train";
    static final String VALIDATION = "val";

    private static final Goal GOAL = Goal.highest("AP");

    /**
     * What the configurations of both detectors have in common.
     *
     * @param evaluateEvery steps between two evaluations on the split val
     * @param evaluatePictures pictures that such an evaluation looks at; the last one looks at all
     */
    record Settings(
            OptimizerSettings optimizer,
            DetectorTraining training,
            Augmentation augmentation,
            int evaluateEvery,
            int evaluatePictures) {}

    /**
     * The files that training reads.
     *
     * @param start weights that it begins with
     */
    static List<Path> inputs(TrainConfig.Data data, Optional<Path> start) {
        List<Path> inputs = new ArrayList<>(List.of(
                data.annotations("instances", TRAIN),
                data.annotations("instances", VALIDATION),
                data.images(TRAIN),
                data.images(VALIDATION)));
        start.ifPresent(inputs::add);
        return inputs;
    }

    /** Trains the detector, or goes on where an interrupted session of the stage stopped. */
    void learn(NDManager manager, Detector detector, Instances train, Instances validation) {
        System.err.println(train.summary());
        System.err.println(validation.summary());
        System.err.printf(
                "%s: %,d parameters%n", stage.name(), detector.parameters().count());
        DetectorSamples samples = new DetectorSamples(split(TRAIN, train, detector), settings.augmentation());
        DetectorEvaluation evaluation = new DetectorEvaluation(split(VALIDATION, validation, detector));
        DetectorStep step = new DetectorStep(detector.outline(), settings.training());
        OptimizerSettings optimizer = settings.optimizer();
        DataParallel parallel = new DataParallel(manager, detector.parameters(), List.of(manager.getDevice()));
        try (Training training = new Training(
                        run,
                        stage,
                        optimizer,
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
                boolean last = training.step() == optimizer.steps() && optimizer.patience() == 0;
                if (training.step() % settings.evaluateEvery() == 0 && !last) {
                    training.validate(GOAL, () -> evaluation.scores(detector, settings.evaluatePictures()));
                }
            }
            Map<String, Double> scores = evaluation.scores(detector, Integer.MAX_VALUE);
            training.measured(scores);
            System.err.println(stage.name() + ": on val " + scores);
        }
    }

    private DetectorSplit split(String name, Instances instances, Detector detector) {
        DetectorOutline outline = detector.outline();
        return DetectorSplit.open(
                run.file(DetectorRecipe.CACHES),
                name,
                instances,
                data.images(name),
                outline.pictureWidth(),
                outline.pictureHeight());
    }

    /** The batches, made on another thread. */
    private Batches<DetectorBatch> batches(DetectorSamples samples, Training training) {
        Shuffle shuffle = new Shuffle(seed.at("order"), samples.split().size());
        Seed augmentation = seed.at("augmentation");
        return new Batches<>(
                "detector", training, shuffle, (chosen, step) -> samples.batch(chosen, augmentation.at(step)));
    }
}
