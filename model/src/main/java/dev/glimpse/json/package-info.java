/** JSON files in, records out, and back. */
@NullMarked
package dev.glimpse.json;

import org.jspecify.annotations.NullMarked;
