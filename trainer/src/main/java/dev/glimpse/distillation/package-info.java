/**
 * What the student learns from the teacher: which states are compared, the queue of negatives, the settings of the losses and
 * the terms that follow from them, and the check that both sides look at the same boxes. The losses' formulas stand in {@link
 * dev.glimpse.loss}; nothing here trains or reads files.
 *
 * <p>Letters: B batch, T tokens, D width, N states that carry meaning, K length of the queue.
 */
@NullMarked
package dev.glimpse.distillation;

import org.jspecify.annotations.NullMarked;
