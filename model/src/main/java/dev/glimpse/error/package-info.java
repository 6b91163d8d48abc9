/** What a person is told when an input is wrong. */
@NullMarked
package dev.glimpse.error;

import org.jspecify.annotations.NullMarked;
