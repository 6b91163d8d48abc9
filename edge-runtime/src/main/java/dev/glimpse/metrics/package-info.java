/** Durations and counts in, the text that Prometheus reads out. */
@NullMarked
package dev.glimpse.metrics;

import org.jspecify.annotations.NullMarked;
