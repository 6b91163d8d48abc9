package dev.glimpse.train;

import dev.glimpse.run.RunDirectory;
import java.nio.file.Path;

/** Whose boxes, and whose features of them, a transformer looks at. */
enum Regions {
    /** The student's boxes and features. */
    STUDENT,
    /** The teacher's own boxes and features. */
    TEACHER,
    /** The student's boxes, order, scores and tags, with the teacher's features. */
    ALIGNED;

    /** The feature store of a split. */
    Path store(RunDirectory run, String split) {
        return switch (this) {
            case STUDENT -> RunFiles.features(run, split);
            case TEACHER -> RunFiles.teacherOwnFeatures(run, split);
            case ALIGNED -> RunFiles.teacherFeatures(run, split);
        };
    }

    /** The detector that found the boxes. */
    Path boxes(RunDirectory run) {
        return this == TEACHER ? RunFiles.teacherDetector(run) : RunFiles.studentDetector(run);
    }

    /** The detector that computed the features. */
    Path features(RunDirectory run) {
        return this == STUDENT ? RunFiles.studentDetector(run) : RunFiles.teacherDetector(run);
    }
}
