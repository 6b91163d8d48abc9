/** Where frames come from: picture files, videos, network cameras, scenes. Encoded pictures come out; no Kafka here. */
@NullMarked
package dev.glimpse.source;

import org.jspecify.annotations.NullMarked;
