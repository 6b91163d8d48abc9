/**
 * Loads a compiled network, runs it, frees it. Tensors and networks belong to the engine that made them; nothing here knows
 * what the numbers mean.
 *
 * <p>B is the first dimension of a tensor: its rows.
 */
@NullMarked
package dev.glimpse.engine;

import org.jspecify.annotations.NullMarked;
