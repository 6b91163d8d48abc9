package dev.glimpse.feature;

import static dev.glimpse.error.UserError.require;

/**
 * What a feature store says about itself, written as JSON at the front of its file.
 *
 * @param version version of the file format, {@link #VERSION}
 * @param split name of the split, as in the data's file names
 * @param images number of pictures N
 * @param regions regions R of every picture
 * @param feature length F of a region's feature
 * @param boxes SHA-256 of the checkpoint of the detector that found the boxes, scores and classes
 * @param features SHA-256 of the checkpoint of the detector that computed the features; the same as {@code boxes} for the
 *     student
 */
public record FeatureHeader(
        int version, String split, int images, int regions, int feature, String boxes, String features) {
    public static final int VERSION = 1;

    public FeatureHeader {
        require(
                version == VERSION,
                "feature store version %d is expected, found %d: export the features again",
                VERSION,
                version);
        require(
                images >= 0 && regions > 0 && feature > 0,
                "a feature store needs regions and features, found %d pictures, %d regions, %d features",
                images,
                regions,
                feature);
    }

    /** Header of a student's store: boxes and features are of the same detector. */
    public static FeatureHeader of(String split, int images, int regions, int feature, String detector) {
        return new FeatureHeader(VERSION, split, images, regions, feature, detector, detector);
    }

    /** Bytes of one picture's row: id, width, height, boxes, scores, classes, features. */
    long rowBytes() {
        return Long.BYTES + 2L * Integer.BYTES + (long) regions * (6 + feature) * Float.BYTES;
    }
}
