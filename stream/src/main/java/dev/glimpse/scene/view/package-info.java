/** Takes pictures of scenes: the pixels, and which things can be seen where. */
@NullMarked
package dev.glimpse.scene.view;

import org.jspecify.annotations.NullMarked;
