package dev.glimpse.train;

import dev.glimpse.annotation.AnnotatedPicture;
import dev.glimpse.annotation.Instances;
import dev.glimpse.detector.Detector;
import dev.glimpse.feature.FeatureHeader;
import dev.glimpse.feature.FeatureWriter;
import dev.glimpse.feature.RegionRow;
import dev.glimpse.run.Progress;
import dev.glimpse.run.RunDirectory;
import dev.glimpse.run.StopSignal;
import dev.glimpse.run.StoppedException;
import dev.glimpse.sample.DetectorSplit;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the recipes of stage {@code features} share: every picture of a split is looked at, and what is seen goes to a store.
 *
 * @param name of the recipe, for messages
 */
record FeatureExport(RunDirectory run, TrainConfig.Data data, StopSignal stop, String name) {
    private static final int BATCH = 32;

    /** What is seen in pictures first to end - 1 of a split. */
    @FunctionalInterface
    interface Look {
        List<RegionRow> regions(DetectorSplit split, int first, int end);
    }

    /** The splits whose lists of pictures are there. */
    List<String> splits() {
        return Stream.of("train", "val", "test", "compose")
                .filter(split -> Files.exists(data.pictures(split)))
                .toList();
    }

    /** The pictures of all splits and the files that list them. */
    List<Path> inputs() {
        List<Path> inputs = new ArrayList<>();
        for (String split : splits()) {
            inputs.add(data.pictures(split));
            inputs.add(data.images(split));
        }
        return inputs;
    }

    /**
     * Writes a store, whole or not at all.
     *
     * @param detector whose picture size and labels are meant
     * @param regions rows of each picture
     * @param boxes SHA-256 of the detector that finds the boxes
     * @param features SHA-256 of the detector that computes the features
     */
    void write(String split, Path file, Detector detector, int regions, String boxes, String features, Look look) {
        DetectorSplit pictures = pictures(split, detector);
        FeatureHeader header = new FeatureHeader(
                FeatureHeader.VERSION,
                split,
                pictures.size(),
                regions,
                detector.outline().feature(),
                boxes,
                features);
        try (FeatureWriter writer = new FeatureWriter(file, header);
                Progress progress = new Progress(name + " of " + split, "pictures", 0, pictures.size())) {
            for (int first = 0; first < pictures.size(); first += BATCH) {
                if (stop.requested()) {
                    throw new StoppedException(name + ": stopped; the same command begins split " + split + " again");
                }
                int end = Math.min(first + BATCH, pictures.size());
                append(pictures, first, look.regions(pictures, first, end), writer);
                progress.at(end, "");
            }
            writer.finish();
        }
    }

    private DetectorSplit pictures(String split, Detector detector) {
        return DetectorSplit.open(
                run.file(DetectorRecipe.CACHES),
                split,
                Instances.pictures(data.pictures(split), detector.labels()),
                data.images(split),
                detector.outline().pictureWidth(),
                detector.outline().pictureHeight());
    }

    private static void append(DetectorSplit split, int first, List<RegionRow> regions, FeatureWriter writer) {
        for (int i = 0; i < regions.size(); i++) {
            AnnotatedPicture picture = split.picture(first + i);
            writer.append(picture.id(), picture.width(), picture.height(), regions.get(i));
        }
    }
}
