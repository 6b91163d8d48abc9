/**
 * The Kafka contract: what a frame record looks like, what comes back for it, and how questions are asked. In go Kafka
 * records or values of this package, out come the other; nothing here polls, sends or keeps state.
 */
@NullMarked
package dev.glimpse.wire;

import org.jspecify.annotations.NullMarked;
