/**
 * The fusion transformer on arrays: pure functions of weights and inputs, one block per file. The same code serves student
 * and teacher; only {@link dev.glimpse.size.FusionSize} differs. docs/networks.md has the equations and names.
 *
 * <p>Letters: B batch, T tokens, C caption, L tags, R regions, Q question, D width, H heads, d = D / H, V vocabulary, A
 * answers, F region feature, S = L + R context.
 */
@NullMarked
package dev.glimpse.network;

import org.jspecify.annotations.NullMarked;
