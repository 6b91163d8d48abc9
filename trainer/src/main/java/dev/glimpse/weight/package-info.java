/**
 * Weights that others trained, under their names, in; the same under ours out: tables of names, and what a network takes from
 * such a file before its training begins.
 */
@NullMarked
package dev.glimpse.weight;

import org.jspecify.annotations.NullMarked;
