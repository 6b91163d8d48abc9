/** The bundle: what the exporter hands to the edge, and how it is verified before anything of it is used. */
@NullMarked
package dev.glimpse.bundle;

import org.jspecify.annotations.NullMarked;
