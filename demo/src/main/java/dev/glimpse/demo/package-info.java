/**
 * Everything on one machine: an embedded broker, cameras that look into scenes, and the edge runtime between them. The
 * only place that starts a broker; the runtime here is the one that serves any other broker.
 */
@NullMarked
package dev.glimpse.demo;

import org.jspecify.annotations.NullMarked;
