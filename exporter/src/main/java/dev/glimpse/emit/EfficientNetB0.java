package dev.glimpse.emit;

import dev.glimpse.onnx.OnnxGraph;
import dev.glimpse.onnx.Shape;
import dev.glimpse.onnx.Value;
import dev.glimpse.onnx.Vision;
import java.util.ArrayList;
import java.util.List;

/** Emits EfficientNet-B0 (Tan and Le, arXiv 1905.11946) without its head. */
record EfficientNetB0(OnnxGraph g, ParameterSource parameters, ConvolutionEmitter convolution) {
    /** One stage of MBConv blocks; only its first block has the stride. */
    private record Stage(int expansion, int channels, int blocks, int stride, int kernel, boolean map) {}

    private static final int STEM = 32;
    private static final List<Stage> STAGES = List.of(
            new Stage(1, 16, 1, 1, 3, false),
            new Stage(6, 24, 2, 2, 3, true),
            new Stage(6, 40, 2, 2, 5, true),
            new Stage(6, 80, 3, 2, 3, false),
            new Stage(6, 112, 3, 1, 5, true),
            new Stage(6, 192, 4, 2, 5, false),
            new Stage(6, 320, 1, 1, 3, true));

    /** Maps of strides 4, 8, 16 and 32: 24, 40, 112 and 320 channels. */
    List<Value> emit(Value picture) {
        Value x = g.swish(convolution.emit(picture, "backbone.stem", STEM, 3, 2));
        List<Value> maps = new ArrayList<>();
        for (int s = 1; s <= STAGES.size(); s++) {
            Stage stage = STAGES.get(s - 1);
            for (int b = 1; b <= stage.blocks; b++) {
                x = block(x, "backbone.stage" + s + ".block" + b, stage, b == 1 ? stage.stride : 1);
            }
            if (stage.map) {
                maps.add(x);
            }
        }
        return maps;
    }

    /** Expand, depthwise, squeeze and excite, project; plus the input where shapes agree. */
    private Value block(Value x, String name, Stage stage, int stride) {
        int in = Math.toIntExact(x.dim(1));
        Value y = x;
        if (stage.expansion > 1) {
            y = g.swish(convolution.emit(y, name + ".expand", in * stage.expansion, 1, 1));
        }
        y = g.swish(convolution.depthwise(y, name + ".depthwise", stage.kernel, stride));
        y = g.mul(y, excitation(y, name + ".squeeze", in / 4));
        y = convolution.emit(y, name + ".project", stage.channels, 1, 1);
        return stride == 1 && in == stage.channels ? g.add(x, y) : y;
    }

    /** A weight in (0, 1) for each channel: (B, channels, 1, 1). */
    private Value excitation(Value y, String name, int reduced) {
        long channels = y.dim(1);
        LinearEmitter linear = new LinearEmitter(g, parameters);
        Value mean = new Vision(g).spatialMean(y); // (B, channels)
        Value hidden = g.swish(linear.emit(mean, name + ".reduce", reduced));
        Value weight = g.sigmoid(linear.emit(hidden, name + ".expand", Math.toIntExact(channels)));
        return g.reshape(weight, Shape.BATCH, channels, 1, 1);
    }
}
