package dev.glimpse.train;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import dev.glimpse.annotation.AnnotatedPicture;
import dev.glimpse.annotation.Instances;
import dev.glimpse.detector.DetectedPicture;
import dev.glimpse.detector.StudentDetector;
import dev.glimpse.feature.FeatureHeader;
import dev.glimpse.feature.FeatureWriter;
import dev.glimpse.run.Digest;
import dev.glimpse.run.Progress;
import dev.glimpse.run.Recipe;
import dev.glimpse.run.RunDirectory;
import dev.glimpse.run.Stage;
import dev.glimpse.run.StopSignal;
import dev.glimpse.run.StoppedException;
import dev.glimpse.sample.DetectorSplit;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Stage {@code features}: pictures and the detector in, one feature store {@code features-SPLIT.bin} per split out: the final
 * regions of every picture.
 */
public final class FeatureRecipe implements Recipe {
    private static final int BATCH = 32;

    private final RunDirectory run;
    private final TrainConfig.Data data;
    private final Device device;
    private final StopSignal stop;

    public FeatureRecipe(Job job) {
        this(job.run(), job.config().data(), job.devices().get(0), job.stop());
    }

    FeatureRecipe(RunDirectory run, TrainConfig.Data data, Device device, StopSignal stop) {
        this.run = run;
        this.data = data;
        this.device = device;
        this.stop = stop;
    }

    /** The splits whose annotations are there. */
    private List<String> splits() {
        return Stream.of("train", "val", "test", "compose")
                .filter(split -> Files.exists(data.pictures(split)))
                .toList();
    }

    @Override
    public Stage stage() {
        List<Path> inputs = new ArrayList<>();
        inputs.add(RunFiles.studentDetector(run));
        List<Path> outputs = new ArrayList<>();
        for (String split : splits()) {
            inputs.add(data.pictures(split));
            inputs.add(data.images(split));
            outputs.add(RunFiles.features(run, split));
        }
        return new Stage("features", splits(), inputs, outputs);
    }

    @Override
    public void run() {
        Path checkpoint = RunFiles.studentDetector(run);
        String digest = Digest.of(checkpoint);
        try (NDManager manager = NDManager.newBaseManager(device);
                StudentDetector detector = StudentDetector.open(manager, checkpoint)) {
            for (String split : splits()) {
                export(split, detector, digest);
            }
        }
    }

    private void export(String name, StudentDetector detector, String digest) {
        Instances instances = Instances.pictures(data.pictures(name), detector.labels());
        DetectorSplit split = DetectorSplit.open(
                run.file(DetectorRecipe.CACHES),
                name,
                instances,
                data.images(name),
                detector.size().pictureWidth(),
                detector.size().pictureHeight());
        FeatureHeader header = FeatureHeader.of(
                name, split.size(), detector.size().regions(), detector.size().feature(), digest);
        try (FeatureWriter writer = new FeatureWriter(RunFiles.features(run, name), header);
                Progress progress = new Progress("features of " + name, "pictures", 0, split.size())) {
            for (int first = 0; first < split.size(); first += BATCH) {
                if (stop.requested()) {
                    throw new StoppedException("features: stopped; the same command begins split " + name + " again");
                }
                int end = Math.min(first + BATCH, split.size());
                append(split, first, detector.detect(split.pixels(first, end), split.content(first, end)), writer);
                progress.at(end, "");
            }
            writer.finish();
        }
    }

    private static void append(DetectorSplit split, int first, List<DetectedPicture> detected, FeatureWriter writer) {
        for (int i = 0; i < detected.size(); i++) {
            AnnotatedPicture picture = split.picture(first + i);
            writer.append(
                    picture.id(),
                    picture.width(),
                    picture.height(),
                    detected.get(i).regions());
        }
    }
}
