package dev.glimpse.train;

import static dev.glimpse.error.UserError.require;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import dev.glimpse.bundle.Labels;
import dev.glimpse.detector.TeacherDetector;
import dev.glimpse.feature.FeatureStore;
import dev.glimpse.feature.RegionRow;
import dev.glimpse.json.Json;
import dev.glimpse.run.Digest;
import dev.glimpse.run.Recipe;
import dev.glimpse.run.RunDirectory;
import dev.glimpse.run.Stage;
import dev.glimpse.run.StopSignal;
import dev.glimpse.sample.DetectorSplit;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Stage {@code features}, of the student's regions as the teacher sees them: pictures, {@code features-SPLIT.bin} and the
 * teacher's detector in, {@code teacher-features-SPLIT.bin} out. Pictures, boxes, their order, scores and classes are the
 * student's; only the features are the teacher's. That alignment is what distillation rests on (DistillVLM, arXiv 2104.02096).
 */
public final class TeacherFeatureRecipe implements Recipe {
    private final RunDirectory run;
    private final FeatureExport export;
    private final Device device;

    /** For a job whose configuration has a teacher. */
    public TeacherFeatureRecipe(Job job) {
        this(job.run(), job.config().data(), job.devices().get(0), job.stop());
    }

    TeacherFeatureRecipe(RunDirectory run, TrainConfig.Data data, Device device, StopSignal stop) {
        this.run = run;
        this.export = new FeatureExport(run, data, stop, "teacher-features");
        this.device = device;
    }

    @Override
    public Stage stage() {
        List<Path> inputs = new ArrayList<>(export.inputs());
        inputs.add(RunFiles.studentDetector(run));
        inputs.add(RunFiles.teacherDetector(run));
        inputs.add(RunFiles.labels(run));
        List<Path> outputs = new ArrayList<>();
        for (String split : export.splits()) {
            inputs.add(RunFiles.features(run, split));
            outputs.add(RunFiles.teacherFeatures(run, split));
        }
        return new Stage(export.name(), export.splits(), inputs, outputs);
    }

    @Override
    public void run() {
        String student = Digest.of(RunFiles.studentDetector(run));
        String teacher = Digest.of(RunFiles.teacherDetector(run));
        try (NDManager manager = NDManager.newBaseManager(device);
                TeacherDetector detector = TeacherDetector.open(manager, RunFiles.teacherDetector(run))) {
            requireSameLabels(detector.labels());
            for (String split : export.splits()) {
                FeatureStore boxes = FeatureStore.open(RunFiles.features(run, split), student);
                export.write(
                        split,
                        RunFiles.teacherFeatures(run, split),
                        detector,
                        boxes.header().regions(),
                        student,
                        teacher,
                        (pictures, first, end) -> described(detector, boxes, pictures, first, end));
            }
        }
    }

    private void requireSameLabels(Labels teacher) {
        Labels student = Json.read(RunFiles.labels(run), Labels.class);
        require(
                teacher.equals(student),
                "%s knows other classes or attributes than the student's detector (%s); train both on the same data",
                RunFiles.teacherDetector(run),
                RunFiles.labels(run));
    }

    /** The student's rows with the teacher's features. */
    private static List<RegionRow> described(
            TeacherDetector detector, FeatureStore boxes, DetectorSplit pictures, int first, int end) {
        List<RegionRow> rows = new ArrayList<>();
        for (int i = first; i < end; i++) {
            long id = pictures.picture(i).id();
            require(
                    i < boxes.size() && boxes.imageId(i) == id,
                    "the student's features of split %s do not hold picture %d at place %d; run the features stage again",
                    boxes.header().split(),
                    id,
                    i);
            rows.add(boxes.regions(i));
        }
        List<float[]> given = rows.stream()
                .map(row -> Arrays.copyOf(row.boxes(), 4 * row.count()))
                .toList();
        List<float[]> features = detector.features(pictures.pixels(first, end), pictures.content(first, end), given);
        List<RegionRow> described = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            RegionRow row = rows.get(i);
            int length = row.scores().length * detector.outline().feature();
            described.add(
                    new RegionRow(row.boxes(), row.scores(), row.classes(), Arrays.copyOf(features.get(i), length)));
        }
        return described;
    }
}
