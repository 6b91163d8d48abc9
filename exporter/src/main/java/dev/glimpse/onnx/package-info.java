/**
 * Writes ONNX graphs: values, and functions on values that check type and shape on the line that writes them. Knows
 * nothing of detectors or transformers.
 */
@NullMarked
package dev.glimpse.onnx;

import org.jspecify.annotations.NullMarked;
