/** Measures a bundle on the engines of this machine; what is measured is printed, never judged. */
@NullMarked
package dev.glimpse.bench;

import org.jspecify.annotations.NullMarked;
