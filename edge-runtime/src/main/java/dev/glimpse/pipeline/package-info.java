/**
 * Frames in, exactly one outcome per frame out: mailboxes, deadlines, decoding, batching and the one thread that owns the
 * model. Synchronous; knows neither Kafka nor Vert.x.
 *
 * <pre>  submit -> mailbox per camera -> decode workers -> ready queue -> engine thread -> completions  </pre>
 */
@NullMarked
package dev.glimpse.pipeline;

import org.jspecify.annotations.NullMarked;
