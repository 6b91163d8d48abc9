/** Event files that TensorBoard shows: records with checksums around protocol buffers. Scalars only. Knows no training. */
@NullMarked
package dev.glimpse.tensorboard;

import org.jspecify.annotations.NullMarked;
