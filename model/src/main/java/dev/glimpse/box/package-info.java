/** Boxes in pictures and what is computed from them alone. */
@NullMarked
package dev.glimpse.box;

import org.jspecify.annotations.NullMarked;
