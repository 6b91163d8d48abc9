/** Operations on arrays that the engine's own interface makes easy to get wrong. */
@NullMarked
package dev.glimpse.array;

import org.jspecify.annotations.NullMarked;
