/**
 * BLEU, ROUGE-L and CIDEr-D of captions, and the Penn Treebank tokens they are counted on.
 *
 * <p>Letters: n is the length of an n-gram, 1 to 4.
 */
@NullMarked
package dev.glimpse.metric.caption;

import org.jspecify.annotations.NullMarked;
