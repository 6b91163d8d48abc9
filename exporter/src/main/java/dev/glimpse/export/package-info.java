/** From a run directory to a bundle: compile the graphs, try them, record golden runs, write the files. */
@NullMarked
package dev.glimpse.export;

import org.jspecify.annotations.NullMarked;
