package dev.glimpse.detector;

import ai.djl.ndarray.NDArray;
import dev.glimpse.parameter.Weights;
import java.util.ArrayList;
import java.util.List;

/**
 * The backbone {@code EFFICIENTNET_B0} (arXiv 1905.11946) without its head: normalised pictures (B, 3, H, W) in, maps at
 * strides 4, 8, 16 and 32 out, of 24, 40, 112 and 320 channels.
 */
final class EfficientNetB0 {
    /**
     * One of the seven stages of MBConv blocks.
     *
     * @param expansion channels inside a block, in channels of its input
     * @param stride of the first block; the others have 1
     * @param output whether its last map goes to the pyramid
     */
    record Stage(int expansion, int channels, int blocks, int stride, int kernel, boolean output) {}

    static final int STEM = 32;
    /** A block's squeeze layer has as many channels as its input divided by this. */
    static final int SQUEEZE = 4;

    static final List<Stage> STAGES = List.of(
            new Stage(1, 16, 1, 1, 3, false),
            new Stage(6, 24, 2, 2, 3, true),
            new Stage(6, 40, 2, 2, 5, true),
            new Stage(6, 80, 3, 2, 3, false),
            new Stage(6, 112, 3, 1, 5, true),
            new Stage(6, 192, 4, 2, 5, false),
            new Stage(6, 320, 1, 1, 3, true));

    private EfficientNetB0() {}

    static List<NDArray> forward(NDArray pictures, ConvNorm ops) {
        NDArray x = ConvNorm.swish(ops.convolutionNorm(pictures, "backbone.stem", 2));
        List<NDArray> maps = new ArrayList<>();
        for (int s = 0; s < STAGES.size(); s++) {
            Stage stage = STAGES.get(s);
            for (int b = 1; b <= stage.blocks(); b++) {
                x = block(x, stage, b == 1 ? stage.stride() : 1, "backbone.stage" + (s + 1) + ".block" + b, ops);
            }
            if (stage.output()) {
                maps.add(x);
            }
        }
        return maps;
    }

    private static NDArray block(NDArray x, Stage stage, int stride, String name, ConvNorm ops) {
        NDArray h = stage.expansion() == 1 ? x : ConvNorm.swish(ops.convolutionNorm(x, name + ".expand", 1));
        h = ConvNorm.swish(ops.convolutionNorm(h, name + ".depthwise", stride));
        h = h.mul(gate(h, name + ".squeeze", ops.weights()));
        h = ops.convolutionNorm(h, name + ".project", 1);
        boolean same = stride == 1 && x.getShape().get(1) == stage.channels();
        return same ? x.add(h) : h;
    }

    /** Squeeze and excitation: (B, C, H, W) to a factor per picture and channel, (B, C, 1, 1). */
    private static NDArray gate(NDArray h, String name, Weights weights) {
        NDArray mean = h.getNDArrayInternal().globalAvgPool(); // (B, C)
        NDArray reduced = ConvNorm.swish(Linear.apply(mean, weights, name + ".reduce"));
        NDArray gate = ConvNorm.sigmoid(Linear.apply(reduced, weights, name + ".expand"));
        return gate.reshape(gate.getShape().get(0), gate.getShape().get(1), 1, 1);
    }
}
