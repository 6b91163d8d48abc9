/** Named float tensors in a safetensors file: an eight-byte header length, a JSON header, little-endian data. */
@NullMarked
package dev.glimpse.safetensors;

import org.jspecify.annotations.NullMarked;
