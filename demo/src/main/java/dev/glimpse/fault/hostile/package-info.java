/** Pictures and records that nobody should trust: real ones damaged at random, and ones made to hurt. */
@NullMarked
package dev.glimpse.fault.hostile;

import org.jspecify.annotations.NullMarked;
