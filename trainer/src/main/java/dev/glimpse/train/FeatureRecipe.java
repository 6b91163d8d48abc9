package dev.glimpse.train;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import dev.glimpse.detector.DetectedPicture;
import dev.glimpse.detector.Detector;
import dev.glimpse.detector.StudentDetector;
import dev.glimpse.detector.TeacherDetector;
import dev.glimpse.run.Digest;
import dev.glimpse.run.Recipe;
import dev.glimpse.run.RunDirectory;
import dev.glimpse.run.Stage;
import dev.glimpse.run.StopSignal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Stage {@code features}, of one detector's own regions: pictures and the detector in, one feature store per split out. The
 * student's are {@code features-SPLIT.bin}, the teacher's {@code teacher-own-SPLIT.bin}.
 */
public final class FeatureRecipe implements Recipe {
    private final FeatureExport export;
    private final Device device;
    private final Path checkpoint;
    private final BiFunction<NDManager, Path, Detector> open;
    private final Function<String, Path> store;

    private FeatureRecipe(
            FeatureExport export,
            Device device,
            Path checkpoint,
            BiFunction<NDManager, Path, Detector> open,
            Function<String, Path> store) {
        this.export = export;
        this.device = device;
        this.checkpoint = checkpoint;
        this.open = open;
        this.store = store;
    }

    /** What the student's detector finds. */
    public static FeatureRecipe student(Job job) {
        return student(job.run(), job.config().data(), job.devices().get(0), job.stop());
    }

    static FeatureRecipe student(RunDirectory run, TrainConfig.Data data, Device device, StopSignal stop) {
        return new FeatureRecipe(
                new FeatureExport(run, data, stop, "features"),
                device,
                RunFiles.studentDetector(run),
                StudentDetector::open,
                split -> RunFiles.features(run, split));
    }

    /** What the teacher's detector finds by itself. */
    public static FeatureRecipe teacher(Job job) {
        return teacher(job.run(), job.config().data(), job.devices().get(0), job.stop());
    }

    static FeatureRecipe teacher(RunDirectory run, TrainConfig.Data data, Device device, StopSignal stop) {
        return new FeatureRecipe(
                new FeatureExport(run, data, stop, "teacher-own"),
                device,
                RunFiles.teacherDetector(run),
                TeacherDetector::open,
                split -> RunFiles.teacherOwnFeatures(run, split));
    }

    @Override
    public Stage stage() {
        List<Path> inputs = new ArrayList<>(export.inputs());
        inputs.add(checkpoint);
        List<Path> outputs = export.splits().stream().map(store).toList();
        return new Stage(export.name(), export.splits(), inputs, outputs);
    }

    @Override
    public void run() {
        String digest = Digest.of(checkpoint);
        try (NDManager manager = NDManager.newBaseManager(device);
                Detector detector = open.apply(manager, checkpoint)) {
            for (String split : export.splits()) {
                int regions = detector.outline().regions();
                export.write(split, store.apply(split), detector, regions, digest, digest, (pictures, first, end) -> {
                    List<DetectedPicture> found =
                            detector.detect(pictures.pixels(first, end), pictures.content(first, end));
                    return found.stream().map(DetectedPicture::regions).toList();
                });
            }
        }
    }
}
