/**
 * Says in English what a picture shows: who stands how to whom, noun phrases with synonyms, five voices. Names only what
 * can be seen.
 */
@NullMarked
package dev.glimpse.scene.caption;

import org.jspecify.annotations.NullMarked;
