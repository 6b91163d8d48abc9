/** Runs a whole bundle on pictures: regions, captions, answers. Knows neither Kafka nor Vert.x. */
@NullMarked
package dev.glimpse.captioner;

import org.jspecify.annotations.NullMarked;
