/** Text to word pieces and back. */
@NullMarked
package dev.glimpse.token;

import org.jspecify.annotations.NullMarked;
