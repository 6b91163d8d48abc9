/**
 * Pictures that a model was not trained on: what it says about them, how good that is, and how far its confidence can be
 * trusted. Knows nothing of how the model was made.
 */
@NullMarked
package dev.glimpse.heldout;

import org.jspecify.annotations.NullMarked;
