package dev.glimpse.detector;

import dev.glimpse.feature.RegionRow;

/**
 * The final regions of one picture.
 *
 * @param regions by falling score, padded to R rows
 * @param attributes (R, number of attributes) probabilities; zeros where there is no region
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
public record DetectedPicture(RegionRow regions, float[] attributes) {}
