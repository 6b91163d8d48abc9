/**
 * What a scene is made of: kinds of things with their colours, sizes and patterns, places, light and weather. Values only:
 * nothing here draws or talks. Lengths are in scene units: the picture is 320 wide and 240 high, y grows downwards.
 */
@NullMarked
package dev.glimpse.scene.thing;

import org.jspecify.annotations.NullMarked;
