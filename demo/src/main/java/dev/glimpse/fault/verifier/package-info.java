/**
 * Judges a run by nothing but what a committed reader of the topics sees: frames in, outcomes in, every breach of the law
 * out. Knows nothing of the faults that were made.
 */
@NullMarked
package dev.glimpse.fault.verifier;

import org.jspecify.annotations.NullMarked;
