/** From texts and stored features to the numbers of one step: which tokens, which of them hidden, which regions. */
@NullMarked
package dev.glimpse.batch;

import org.jspecify.annotations.NullMarked;
