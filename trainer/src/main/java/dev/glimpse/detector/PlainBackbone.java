package dev.glimpse.detector;

import ai.djl.ndarray.NDArray;
import dev.glimpse.size.DetectorSize.Backbone;
import java.util.ArrayList;
import java.util.List;

/** The backbone {@code PLAIN}: normalised pictures (B, 3, H, W) in, maps at strides 4, 8, 16 and 32 out. */
final class PlainBackbone {
    private PlainBackbone() {}

    static List<NDArray> forward(NDArray pictures, Backbone size, ConvNorm ops) {
        NDArray x = ConvNorm.relu(ops.convolutionNorm(pictures, "backbone.stem", 2));
        List<NDArray> maps = new ArrayList<>();
        for (int s = 1; s <= 4; s++) {
            String stage = "backbone.stage" + s;
            x = ConvNorm.relu(ops.convolutionNorm(x, stage + ".down", 2));
            for (int b = 1; b <= size.blocks().get(s - 1); b++) {
                x = residual(x, stage + ".block" + b, ops);
            }
            maps.add(x);
        }
        return maps;
    }

    private static NDArray residual(NDArray x, String block, ConvNorm ops) {
        NDArray h = ConvNorm.relu(ops.norm(ops.convolution(x, block + ".conv1", 1), block + ".norm1"));
        NDArray y = ops.norm(ops.convolution(h, block + ".conv2", 1), block + ".norm2");
        return ConvNorm.relu(x.add(y));
    }
}
