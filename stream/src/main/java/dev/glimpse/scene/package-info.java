/**
 * A world of procedural scenes: {@link dev.glimpse.scene.ScenesCommand} writes it as a data set,
 * {@link dev.glimpse.scene.SceneCamera} looks into it as a moving camera. The parts are in the subpackages; only this
 * package depends on all of them.
 */
@NullMarked
package dev.glimpse.scene;

import org.jspecify.annotations.NullMarked;
