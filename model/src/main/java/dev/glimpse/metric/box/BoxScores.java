package dev.glimpse.metric.box;

import java.util.Map;

/**
 * Average precision and recall in [0, 1].
 *
 * @param figures {@code AP, AP50, AP75, APs, APm, APl, AR1, AR10, AR100, ARs, ARm, ARl}; -1 where no object of that size
 *     exists
 * @param perClass name of the category to its {@code AP} and {@code AP50}; NaN where no object of the category exists
 */
public record BoxScores(Map<String, Double> figures, Map<String, Map<String, Double>> perClass) {}
