package dev.glimpse.detector;

import static dev.glimpse.error.UserError.require;

/**
 * How a detector's losses are formed.
 *
 * @param anchors anchors of a picture that a step looks at, at most half of them objects
 * @param regions boxes of a picture that the box head sees in a step
 * @param foreground share of objects among them at most, in (0, 1)
 * @param attributeWeight weight of the attribute loss
 */
public record DetectorTraining(int anchors, int regions, double foreground, double attributeWeight) {
    public DetectorTraining {
        require(anchors > 1, "anchors must be at least 2, was %d", anchors);
        require(regions > 1, "regions must be at least 2, was %d", regions);
        require(foreground > 0 && foreground < 1, "foreground must lie in (0, 1), was %s", foreground);
        require(attributeWeight >= 0, "attributeWeight must not be negative, was %s", attributeWeight);
    }
}
