/**
 * Paints what surrounds the things of a scene: places, skies, weather and light. Works in scene units and paints beyond
 * the picture's edges, so that a camera can pan and zoom.
 */
@NullMarked
package dev.glimpse.scene.backdrop;

import org.jspecify.annotations.NullMarked;
