/**
 * Which anchors and proposals stand for which objects when a detector is trained, and which of them a step looks at. Plain
 * Java on float arrays of boxes (N, 4); random draws come from the caller.
 */
@NullMarked
package dev.glimpse.assignment;

import org.jspecify.annotations.NullMarked;
