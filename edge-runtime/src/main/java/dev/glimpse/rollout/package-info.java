/**
 * How a new bundle comes to serve: found or posted, staged, verified, proven on its golden runs, shadowing the one at work,
 * then promoted or refused; and how the last good one comes back.
 */
@NullMarked
package dev.glimpse.rollout;

import org.jspecify.annotations.NullMarked;
