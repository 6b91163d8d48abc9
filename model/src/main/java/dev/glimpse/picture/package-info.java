/** Encoded pictures in, upright RGB bytes out, and their placement on a network's input. */
@NullMarked
package dev.glimpse.picture;

import org.jspecify.annotations.NullMarked;
