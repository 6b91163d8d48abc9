/** Which engines this machine has, and which one is taken. Looks for drivers without loading anything that needs them. */
@NullMarked
package dev.glimpse.device;

import org.jspecify.annotations.NullMarked;
