/**
 * Sets scenes up from a seed and says where each thing is at any time. Closed forms only: no state runs from frame to
 * frame, so any moment can be asked for alone.
 */
@NullMarked
package dev.glimpse.scene.stage;

import org.jspecify.annotations.NullMarked;
