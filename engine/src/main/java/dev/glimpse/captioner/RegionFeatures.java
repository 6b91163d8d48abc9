package dev.glimpse.captioner;

/**
 * The detector's output for one picture, padded to R rows; rows of score 0 hold no region.
 *
 * @param boxes (R, 4) fractions of the picture
 * @param scores (R)
 * @param features (R, F)
 */
@SuppressWarnings("ArrayRecordComponent") // handed from graph to graph, never compared
public record RegionFeatures(float[] boxes, float[] scores, float[] features) {}
