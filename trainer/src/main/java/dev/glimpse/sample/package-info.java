/**
 * From annotated pictures on disk to the batches that a detector trains on: every picture decoded and letterboxed once
 * into a cache, then augmented and normalised on a thread of its own.
 */
@NullMarked
package dev.glimpse.sample;

import org.jspecify.annotations.NullMarked;
