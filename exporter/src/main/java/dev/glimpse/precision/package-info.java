/**
 * Puts a precision into a graph: half-precision arithmetic, or 8-bit integers whose scales come from pictures, and the
 * search for the layers that must stay in float. Works on finished graphs and knows nothing of detectors or captions.
 *
 * <p>A layer is a convolution or product with a trained weight; its activation is what flows into it.
 */
@NullMarked
package dev.glimpse.precision;

import org.jspecify.annotations.NullMarked;
