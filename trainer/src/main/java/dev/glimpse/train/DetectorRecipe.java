package dev.glimpse.train;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import dev.glimpse.annotation.Instances;
import dev.glimpse.bundle.Labels;
import dev.glimpse.detector.StudentDetector;
import dev.glimpse.json.Json;
import dev.glimpse.run.Recipe;
import dev.glimpse.run.RunDirectory;
import dev.glimpse.run.Stage;
import dev.glimpse.run.StopSignal;
import dev.glimpse.seed.Seed;
import dev.glimpse.weight.StartingWeights;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Stage {@code detectors}, the student's: annotated pictures in, {@code student-detector.safetensors} and {@code labels.json}
 * out.
 */
public final class DetectorRecipe implements Recipe {
    static final String CACHES = "cache";

    private final RunDirectory run;
    private final TrainConfig.Data data;
    private final DetectorConfig config;
    private final Seed seed;
    private final Device device;
    private final StopSignal stop;
    private final Optional<Path> start;

    public DetectorRecipe(Job job) {
        this(
                job.run(),
                job.config().data().ofDetectors(),
                job.config().detector(),
                new Seed(job.config().seed()),
                job.devices().get(0),
                job.stop(),
                Start.file(job.config(), Start.STUDENT_DETECTOR));
    }

    /** A detector that begins at random. */
    DetectorRecipe(
            RunDirectory run, TrainConfig.Data data, DetectorConfig config, Seed seed, Device device, StopSignal stop) {
        this(run, data, config, seed, device, stop, Optional.empty());
    }

    private DetectorRecipe(
            RunDirectory run,
            TrainConfig.Data data,
            DetectorConfig config,
            Seed seed,
            Device device,
            StopSignal stop,
            Optional<Path> start) {
        this.run = run;
        this.data = data;
        this.config = config;
        this.seed = seed.at("detectors");
        this.device = device;
        this.stop = stop;
        this.start = start;
    }

    @Override
    public Stage stage() {
        return new Stage(
                "detectors",
                List.of(seed, config),
                DetectorLearning.inputs(data, start),
                List.of(RunFiles.studentDetector(run), RunFiles.labels(run)));
    }

    @Override
    public void run() {
        Instances train = Instances.read(data.annotations("instances", DetectorLearning.TRAIN));
        Labels labels = train.labels();
        Instances validation = Instances.read(data.annotations("instances", DetectorLearning.VALIDATION), labels);
        try (NDManager manager = NDManager.newBaseManager(device);
                StudentDetector detector =
                        new StudentDetector(manager, config.network().size(labels), labels, seed.at("start"))) {
            start.ifPresent(file -> StartingWeights.load(file, detector.parameters(), detector.statistics()));
            new DetectorLearning(run, data, stage(), config.learning(), seed, stop)
                    .learn(manager, detector, train, validation);
            detector.write(RunFiles.studentDetector(run));
            Json.write(RunFiles.labels(run), labels);
        }
    }
}
