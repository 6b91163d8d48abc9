/**
 * The feature store: what a detector saw in every picture of one split, as one memory-mapped file that training reads in
 * any order.
 *
 * <p>Letters: R regions per picture, F length of a region feature.
 */
@NullMarked
package dev.glimpse.feature;

import org.jspecify.annotations.NullMarked;
