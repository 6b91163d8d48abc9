package dev.glimpse.metric.box;

/**
 * One box of a detector.
 *
 * @param picture the picture's id
 * @param category the category's id
 * @param rectangle where it is, in pixels
 * @param score how sure the detector is; only the order matters
 */
public record FoundBox(String picture, String category, Rectangle rectangle, double score) {}
