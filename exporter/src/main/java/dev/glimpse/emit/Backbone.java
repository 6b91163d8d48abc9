package dev.glimpse.emit;

import dev.glimpse.onnx.OnnxGraph;
import dev.glimpse.onnx.Value;
import dev.glimpse.size.DetectorSize;
import java.util.List;

/** Emits the backbone of a size: a normalised picture (B, 3, H, W) in, maps of strides 4, 8, 16 and 32 out. */
final class Backbone {
    private Backbone() {}

    static List<Value> emit(OnnxGraph g, ParameterSource parameters, DetectorSize.Backbone size, Value picture) {
        ConvolutionEmitter convolution = new ConvolutionEmitter(g, parameters);
        return switch (size.kind()) {
            case PLAIN -> new PlainBackbone(g, convolution).emit(picture, size);
            case EFFICIENTNET_B0 -> new EfficientNetB0(g, parameters, convolution).emit(picture);
        };
    }
}
