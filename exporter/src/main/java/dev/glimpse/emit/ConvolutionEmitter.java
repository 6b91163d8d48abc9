package dev.glimpse.emit;

import dev.glimpse.onnx.OnnxGraph;
import dev.glimpse.onnx.Value;
import dev.glimpse.onnx.Vision;

/** Emits convolutions followed by batch norm as one convolution with bias. */
record ConvolutionEmitter(OnnxGraph g, ParameterSource parameters) {
    /** {@code PREFIX.conv.weight} and {@code PREFIX.norm.*}: x (B, in, h, w) to (B, out, h / stride, w / stride). */
    Value emit(Value x, String prefix, int out, int kernel, int stride) {
        return emit(x, prefix + ".conv.weight", prefix + ".norm", out, kernel, stride, 1);
    }

    /** The same with one filter per channel. */
    Value depthwise(Value x, String prefix, int kernel, int stride) {
        int channels = Math.toIntExact(x.dim(1));
        return emit(x, prefix + ".conv.weight", prefix + ".norm", channels, kernel, stride, channels);
    }

    Value emit(Value x, String weight, String norm, int out, int kernel, int stride, int groups) {
        long in = x.dim(1) / groups;
        NormFold fold = NormFold.of(parameters, norm, out);
        float[] weights = parameters.get(weight, out, in, kernel, kernel);
        return new Vision(g)
                .convolution(
                        x,
                        g.weight(weight, fold.scaled(weights), out, in, kernel, kernel),
                        g.constant(fold.bias(), out),
                        stride,
                        groups);
    }
}
