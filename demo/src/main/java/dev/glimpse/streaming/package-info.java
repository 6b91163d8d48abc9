/**
 * What streaming costs: {@code glimpse bench stream} runs one pipeline in a plain loop and behind Kafka in turns. Written for the
 * command line; nothing of the product uses it.
 */
@NullMarked
package dev.glimpse.streaming;

import org.jspecify.annotations.NullMarked;
