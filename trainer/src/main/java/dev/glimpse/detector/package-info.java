/**
 * The detectors on DJL arrays: the student's TEE with backbone, BiFPN and a light box head, the teacher's ResNet C4, and what
 * they share: proposals, heads, losses. One block per file, each a pure function from maps and named tensors to maps. What
 * they compute is fixed in docs/networks.md.
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
