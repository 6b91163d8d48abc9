package dev.glimpse.run;

import dev.glimpse.safetensors.FloatTensor;
import java.util.Map;

/**
 * Everything a training needs to go on: all else follows from (seed, step, index).
 *
 * @param step last finished step
 * @param seconds time that the steps so far took, for the record; no step depends on it
 * @param tensors parameters, buffers and moments by name
 */
public record State(long step, double seconds, Map<String, FloatTensor> tensors) {}
