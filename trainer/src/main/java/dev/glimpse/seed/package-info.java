/** Where all randomness of a run comes from: the run's seed and the place it is used at, nothing hidden. */
@NullMarked
package dev.glimpse.seed;

import org.jspecify.annotations.NullMarked;
