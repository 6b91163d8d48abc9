/**
 * Draws single things with Java2D: one class per family of shapes. Each painter draws a middling thing that looks to the
 * right, its feet in the middle at (0, 0), y upwards negative, one unit one pixel of a 320 x 240 picture.
 */
@NullMarked
package dev.glimpse.scene.shape;

import org.jspecify.annotations.NullMarked;
