package dev.glimpse.detector;

import ai.djl.ndarray.NDArray;
import dev.glimpse.detector.C4Size.Block;

/**
 * The residual network of the teacher (arXiv 1512.03385) in two parts: stem and stages 2 to 4 see normalised pictures
 * (B, 3, H, W), stage 5 sees crops. A bottleneck's stride stands at its 3x3 convolution, as in torchvision.
 */
final class ResNetStages {
    private ResNetStages() {}

    /** Pictures (B, 3, H, W) to the map (B, C, H / 16, W / 16) of stage 4. */
    static NDArray picture(NDArray pictures, C4Size.ResNet size, ConvNorm ops) {
        NDArray x = Pyramid.down(ConvNorm.relu(ops.convolutionNorm(pictures, "backbone.stem", 2)));
        for (int s = 2; s <= 4; s++) {
            x = stage(x, s, size, ops);
        }
        return x;
    }

    /** Crops (N, C, P, P) to features (N, F) of at least 0: stage 5, and the mean over all positions. */
    static NDArray crop(NDArray crops, C4Size.ResNet size, ConvNorm ops) {
        return stage(crops, 5, size, ops).getNDArrayInternal().globalAvgPool();
    }

    private static NDArray stage(NDArray x, int s, C4Size.ResNet size, ConvNorm ops) {
        NDArray y = x;
        for (int b = 1; b <= size.blocks(s); b++) {
            String name = "backbone.stage" + s + ".block" + b;
            int stride = stride(s, b);
            NDArray shortcut = ops.weights().has(name + ".shortcut.conv.weight")
                    ? ops.convolutionNorm(y, name + ".shortcut", stride)
                    : y;
            y = ConvNorm.relu(shortcut.add(branch(y, name, size.block(), stride, ops)));
        }
        return y;
    }

    /** Stride of block b of stage s: the stem's pooling has halved for stage 2 already. */
    static int stride(int s, int b) {
        return s > 2 && b == 1 ? 2 : 1;
    }

    private static NDArray branch(NDArray x, String name, Block block, int stride, ConvNorm ops) {
        if (block == Block.BASIC) {
            return layer(ConvNorm.relu(layer(x, name, 1, stride, ops)), name, 2, 1, ops);
        }
        NDArray h = ConvNorm.relu(layer(x, name, 1, 1, ops));
        return layer(ConvNorm.relu(layer(h, name, 2, stride, ops)), name, 3, 1, ops);
    }

    private static NDArray layer(NDArray x, String block, int i, int stride, ConvNorm ops) {
        return ops.norm(ops.convolution(x, block + ".conv" + i, stride), block + ".norm" + i);
    }
}
