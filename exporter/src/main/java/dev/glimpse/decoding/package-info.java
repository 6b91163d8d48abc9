/** Measures what caches of keys and values save while captions are decoded. Nothing here is part of a bundle. */
@NullMarked
package dev.glimpse.decoding;

import org.jspecify.annotations.NullMarked;
