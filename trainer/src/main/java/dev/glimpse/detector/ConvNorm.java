package dev.glimpse.detector;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.convolutional.Conv2d;
import dev.glimpse.parameter.Weights;

/**
 * Convolution without bias, and batch norm, on maps (B, C, H, W).
 *
 * @param weights trained tensors
 * @param statistics running means and variances; of frozen norms also scale and shift
 * @param training normalise by the batch and update the running statistics; else normalise by the running statistics
 * @param epsilon added to the variance
 */
record ConvNorm(Weights weights, Weights statistics, boolean training, float epsilon) {
    /** Share of the old running statistics that one batch leaves. */
    private static final float MOMENTUM = 0.9f;

    /** Square convolution that pads by kernel / 2, in as many groups as {@code weight} says. */
    static NDArray convolve(NDArray x, NDArray weight, int stride) {
        long groups = x.getShape().get(1) / weight.getShape().get(1);
        long padding = weight.getShape().get(2) / 2;
        return x.getNDArrayInternal()
                .convolution(
                        x,
                        weight,
                        null,
                        new Shape(stride, stride),
                        new Shape(padding, padding),
                        new Shape(1, 1),
                        Math.toIntExact(groups))
                .singletonOrThrow();
    }

    /** 1x1 convolution with bias. */
    static NDArray pointwise(NDArray x, NDArray weight, NDArray bias) {
        return Conv2d.conv2d(x, weight, bias).singletonOrThrow();
    }

    /** The convolution {@code name.weight}. */
    NDArray convolution(NDArray x, String name, int stride) {
        return convolve(x, weights.get(name + ".weight"), stride);
    }

    /** The batch norm {@code name}: {@code weight (x - mean) / sqrt(variance + eps) + bias}. */
    NDArray norm(NDArray x, String name) {
        Weights affine = weights.has(name + ".weight") ? weights : statistics;
        return x.getNDArrayInternal()
                .batchNorm(
                        x,
                        statistics.get(name + ".mean"),
                        statistics.get(name + ".variance"),
                        affine.get(name + ".weight"),
                        affine.get(name + ".bias"),
                        -1,
                        MOMENTUM,
                        epsilon,
                        training)
                .singletonOrThrow();
    }

    /** Convolution {@code prefix.conv} followed by {@code prefix.norm}. */
    NDArray convolutionNorm(NDArray x, String prefix, int stride) {
        return norm(convolution(x, prefix + ".conv", stride), prefix + ".norm");
    }

    static NDArray relu(NDArray x) {
        return x.getNDArrayInternal().relu();
    }

    static NDArray sigmoid(NDArray x) {
        return x.getNDArrayInternal().sigmoid();
    }

    /** x sigmoid(x). */
    static NDArray swish(NDArray x) {
        return x.mul(sigmoid(x));
    }
}
