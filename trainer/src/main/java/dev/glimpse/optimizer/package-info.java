/** What a step does with a gradient: clip it, choose a rate, move the parameters. All on flat arrays of length P. */
@NullMarked
package dev.glimpse.optimizer;

import org.jspecify.annotations.NullMarked;
