/**
 * The student's detector TEE on DJL arrays: backbone, BiFPN, proposals, box and attribute heads, one block per file, each
 * a pure function from maps and named tensors to maps. What it computes is fixed in docs/networks.md.
 *
 * <p>Nothing here reads files or knows about training runs. Boxes, sampling and suppression are plain Java on float
 * arrays; only what carries a gradient is an array of the engine.
 *
 * <p>Letters: B pictures, C channels, H x W rows and columns of a map, A anchors of a picture, N boxes, P side of the
 * RoIAlign grid, F region feature.
 */
@NullMarked
package dev.glimpse.detector;

import org.jspecify.annotations.NullMarked;
