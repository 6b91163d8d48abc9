/** From next-word scores to sentences: greedy and beam search over any source of scores. */
@NullMarked
package dev.glimpse.decode;

import org.jspecify.annotations.NullMarked;
