/** Files and directories that are either whole or not there. */
@NullMarked
package dev.glimpse.atomic;

import org.jspecify.annotations.NullMarked;
