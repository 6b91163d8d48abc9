package dev.glimpse.detector;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.pooling.Pool;
import java.util.ArrayList;
import java.util.List;

/**
 * BiFPN (arXiv 1911.09070, section 3) on four levels: maps of strides 4, 8, 16, 32 with any channels in, the same four
 * with the pyramid's channels out.
 */
final class Pyramid {
    private static final double EPSILON = 1e-4;

    private Pyramid() {}

    static List<NDArray> forward(List<NDArray> maps, int cells, ConvNorm ops) {
        List<NDArray> levels = new ArrayList<>();
        for (int l = 0; l < maps.size(); l++) {
            levels.add(ops.convolutionNorm(maps.get(l), "pyramid.lateral" + l, 1));
        }
        for (int c = 1; c <= cells; c++) {
            levels = cell(levels, "pyramid.cell" + c + ".", ops);
        }
        return levels;
    }

    private static List<NDArray> cell(List<NDArray> p, String cell, ConvNorm ops) {
        NDArray top2 = node(cell + "top2", ops, p.get(2), up(p.get(3)));
        NDArray top1 = node(cell + "top1", ops, p.get(1), up(top2));
        NDArray out0 = node(cell + "out0", ops, p.get(0), up(top1));
        NDArray out1 = node(cell + "out1", ops, p.get(1), top1, down(out0));
        NDArray out2 = node(cell + "out2", ops, p.get(2), top2, down(out1));
        NDArray out3 = node(cell + "out3", ops, p.get(3), down(out2));
        return List.of(out0, out1, out2, out3);
    }

    private static NDArray node(String name, ConvNorm ops, NDArray... inputs) {
        NDArray fused = ConvNorm.swish(fuse(ops.weights().get(name + ".fusion"), inputs));
        NDArray depthwise = ops.weights().get(name + ".depthwise.weight");
        NDArray pointwise = ops.weights().get(name + ".pointwise.weight");
        return ops.norm(separable(fused, depthwise, pointwise), name + ".norm");
    }

    /**
     * Depthwise 3x3 convolution followed by a 1x1 convolution. Nothing stands between the two, so they are computed as
     * one dense convolution of kernel {@code pointwise[o, i] depthwise[i]}: three times as fast on a CPU, whose depthwise
     * kernels are slow, and the same but for rounding.
     *
     * @param depthwise (C, 1, 3, 3)
     * @param pointwise (C, C, 1, 1)
     */
    static NDArray separable(NDArray x, NDArray depthwise, NDArray pointwise) {
        long c = depthwise.getShape().get(0);
        NDArray kernel = pointwise.mul(depthwise.reshape(1, c, 3, 3)); // (C, C, 3, 3)
        return ConvNorm.convolve(x, kernel, 1);
    }

    /** Fast normalised fusion: sum_i w_i x_i / (sum_i w_i + 1e-4) with w = ReLU(fusion). */
    private static NDArray fuse(NDArray fusion, NDArray... inputs) {
        NDArray w = ConvNorm.relu(fusion);
        NDArray share = w.div(w.sum().add(EPSILON)); // (inputs)
        NDArray sum = inputs[0].mul(share.get(0));
        for (int i = 1; i < inputs.length; i++) {
            sum = sum.add(inputs[i].mul(share.get(i)));
        }
        return sum;
    }

    /** Nearest neighbour, twice as high and wide. */
    static NDArray up(NDArray x) {
        Shape s = x.getShape();
        return x.getNDArrayInternal().interpolation(new long[] {2 * s.get(2), 2 * s.get(3)}, 0, false);
    }

    /** 3x3 maximum of stride 2: half as high and wide. */
    static NDArray down(NDArray x) {
        return Pool.maxPool2d(x, new Shape(3, 3), new Shape(2, 2), new Shape(1, 1), false);
    }
}
