/**
 * Scores of captions, answers and boxes that agree with the published programs of each field, and what is said about
 * such scores: confidence intervals and paired comparisons. Pure functions; files are read at the edge only.
 */
@NullMarked
package dev.glimpse.metric;

import org.jspecify.annotations.NullMarked;
