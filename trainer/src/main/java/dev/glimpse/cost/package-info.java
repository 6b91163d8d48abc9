/** What teacher and student cost: parameters, multiply-adds and time of one picture. Trains nothing, and nothing uses it. */
@NullMarked
package dev.glimpse.cost;

import org.jspecify.annotations.NullMarked;
