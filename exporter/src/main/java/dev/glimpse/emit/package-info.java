/**
 * Turns checkpoints into ONNX graphs, one network block per file, as docs/networks.md describes them. Batch norms are
 * folded into their convolutions; nothing else changes the arithmetic.
 *
 * <p>Letters: B batch, N proposals, R regions, F region feature, C caption tokens, L tag tokens, Q question tokens, D
 * hidden width, H heads, d = D / H, V vocabulary, A answers, P side of the RoIAlign grid.
 */
@NullMarked
package dev.glimpse.emit;

import org.jspecify.annotations.NullMarked;
