package dev.glimpse.safetensors;

import static dev.glimpse.error.UserError.require;

import java.util.Arrays;

/**
 * A float tensor.
 *
 * @param shape dimensions, outermost first; empty for a scalar
 * @param data elements in row-major order
 */
@SuppressWarnings("ArrayRecordComponent") // weights, never compared
public record FloatTensor(long[] shape, float[] data) {
    public FloatTensor {
        require(
                elements(shape) == data.length,
                "a tensor of shape %s needs %d elements, found %d",
                Arrays.toString(shape),
                elements(shape),
                data.length);
    }

    static long elements(long[] shape) {
        return Arrays.stream(shape).reduce(1, Math::multiplyExact);
    }
}
