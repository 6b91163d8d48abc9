/**
 * Past frames in, what another bundle says of them beside what was said then out. Reads Kafka and writes nothing to it, so that
 * its results never mix with live ones.
 */
@NullMarked
package dev.glimpse.replay;

import org.jspecify.annotations.NullMarked;
