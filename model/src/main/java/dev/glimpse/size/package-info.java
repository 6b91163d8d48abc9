/**
 * Sizes of the networks, as plain records read from a run's YAML, from a checkpoint's metadata and from a bundle's
 * manifest. Nothing here computes with tensors.
 *
 * <p>Letters used throughout: B batch, R regions, F region feature, C caption tokens, L tag tokens, Q question tokens, D
 * hidden width, H heads, d = D / H, V vocabulary, A answers.
 */
@NullMarked
package dev.glimpse.size;

import org.jspecify.annotations.NullMarked;
