/**
 * A run of the trainer as files: its directory, what each stage read and wrote, metrics, checkpoints, progress. Nothing
 * here knows a network.
 */
@NullMarked
package dev.glimpse.run;

import org.jspecify.annotations.NullMarked;
