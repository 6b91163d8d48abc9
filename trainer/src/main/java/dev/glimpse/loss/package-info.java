/**
 * Losses as static pure functions, each beside its equation, source and shapes. The first operand throughout is what
 * carries gradient, so that its manager owns the results.
 *
 * <p>Letters: N rows, V classes or word pieces, A answers, B batch.
 */
@NullMarked
package dev.glimpse.loss;

import org.jspecify.annotations.NullMarked;
