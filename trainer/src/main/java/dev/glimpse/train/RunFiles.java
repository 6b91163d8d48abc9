package dev.glimpse.train;

import dev.glimpse.run.RunDirectory;
import java.nio.file.Path;

/** Names of the files that stages hand to each other and to the exporter. */
public final class RunFiles {
    private RunFiles() {}

    public static Path studentDetector(RunDirectory run) {
        return run.file("student-detector.safetensors");
    }

    public static Path teacherDetector(RunDirectory run) {
        return run.file("teacher-detector.safetensors");
    }

    /** Class and attribute names of the detector, as the bundle has them. */
    public static Path labels(RunDirectory run) {
        return run.file("labels.json");
    }

    /** Regions of the pictures of a split: the student's boxes, tags and features. */
    public static Path features(RunDirectory run, String split) {
        return run.file("features-" + split + ".bin");
    }

    /** The teacher's features on the student's boxes: rows, order, boxes, scores and tags are those of {@link #features}. */
    public static Path teacherFeatures(RunDirectory run, String split) {
        return run.file("teacher-features-" + split + ".bin");
    }

    /** The teacher's own boxes, tags and features, which its transformer is pre-trained on. */
    public static Path teacherOwnFeatures(RunDirectory run, String split) {
        return run.file("teacher-own-" + split + ".bin");
    }

    public static Path tokenizer(RunDirectory run) {
        return run.file("tokenizer.json");
    }

    public static Path answers(RunDirectory run) {
        return run.file("answers.json");
    }

    /** Captions of the training pictures that the teacher wrote, in COCO's format. */
    public static Path teacherCaptions(RunDirectory run) {
        return run.file("teacher-captions-train.json");
    }

    /** A fusion transformer of some kind, such as {@code student-caption}. */
    public static Path fusion(RunDirectory run, String kind) {
        return run.file(kind + ".safetensors");
    }
}
