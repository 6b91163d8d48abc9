/** What can go wrong, one class per kind: each sets up a {@link dev.glimpse.fault.scenario.Play}, spoils it, and settles it. */
@NullMarked
package dev.glimpse.fault.scenario;

import org.jspecify.annotations.NullMarked;
