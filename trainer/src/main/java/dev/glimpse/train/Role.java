package dev.glimpse.train;

import dev.glimpse.network.Dropout;
import dev.glimpse.network.Fusion;
import dev.glimpse.parameter.Weights;
import dev.glimpse.run.RunDirectory;
import dev.glimpse.size.FusionSize;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One training of one transformer: student and teacher share the code of the stages and differ in this.
 *
 * @param stage name of the stage in metrics and records
 * @param start kind of the checkpoint it begins with; empty for one that begins with random weights
 * @param result kind of the checkpoint it writes
 * @param fusion size of the transformer
 * @param regions what it looks at
 */
record Role(String stage, Optional<String> start, String result, TrainConfig.Fusion fusion, Regions regions) {
    static final String TEACHER_PRETRAINED = "teacher-pretrained";
    static final String TEACHER_ADAPTED = "teacher-adapted";
    static final String TEACHER_CAPTION = "teacher-caption";
    static final String TEACHER_VQA = "teacher-vqa";

    /** The student in some stage. */
    static Role student(TrainConfig config, String stage, Optional<String> start, String result) {
        return new Role(stage, start, result, config.fusion(), Regions.STUDENT);
    }

    /** The teacher in some stage. */
    static Role teacher(TrainConfig config, String stage, Optional<String> start, String result, Regions regions) {
        TrainConfig.Fusion fusion =
                teacher(config).fusion().with(config.fusion().layout());
        return new Role(stage, start, result, fusion, regions);
    }

    /** The teacher's settings, in a run that has a teacher. */
    static TeacherConfig teacher(TrainConfig config) {
        return config.teacher().orElseThrow(() -> new IllegalStateException("this run has no teacher"));
    }

    /** Name of the files of others that it may begin with. */
    String startName() {
        return regions == Regions.STUDENT ? Start.STUDENT : Start.TEACHER;
    }

    /** The transformer of one training step, with dropout. */
    Fusion dropout(FusionSize size, Weights weights) {
        return new Fusion(size, weights, new Dropout(fusion.dropout()), new Dropout(fusion.attentionDropout()));
    }

    /** Files that this training reads whatever its task: regions of some splits, their detectors, the first checkpoint. */
    List<Path> inputs(RunDirectory run, String... splits) {
        List<Path> inputs = new ArrayList<>();
        inputs.add(RunFiles.labels(run));
        inputs.add(RunFiles.tokenizer(run));
        inputs.add(RunFiles.answers(run));
        inputs.addAll(files(regions, run, splits));
        start.ifPresent(kind -> inputs.add(RunFiles.fusion(run, kind)));
        return inputs;
    }

    /** The feature stores of some splits and the detectors that made them. */
    static List<Path> files(Regions regions, RunDirectory run, String... splits) {
        List<Path> files = new ArrayList<>();
        files.add(regions.boxes(run));
        if (!regions.features(run).equals(regions.boxes(run))) {
            files.add(regions.features(run));
        }
        for (String split : splits) {
            files.add(regions.store(run, split));
        }
        return files;
    }
}
