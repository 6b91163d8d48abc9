package dev.glimpse.emit;

import dev.glimpse.onnx.OnnxGraph;
import dev.glimpse.onnx.Value;
import dev.glimpse.size.DetectorSize;
import java.util.ArrayList;
import java.util.List;

/** Emits the backbone of plain 3x3 convolutions: a stem, then four stages that halve the picture. */
record PlainBackbone(OnnxGraph g, ConvolutionEmitter convolution) {
    /** Maps of strides 4, 8, 16 and 32. */
    List<Value> emit(Value picture, DetectorSize.Backbone size) {
        Value x = g.relu(convolution.emit(picture, "backbone.stem", size.stem(), 3, 2));
        List<Value> maps = new ArrayList<>();
        for (int s = 1; s <= 4; s++) {
            int width = size.widths().get(s - 1);
            String stage = "backbone.stage" + s;
            x = g.relu(convolution.emit(x, stage + ".down", width, 3, 2));
            for (int b = 1; b <= size.blocks().get(s - 1); b++) {
                x = block(x, stage + ".block" + b, width);
            }
            maps.add(x);
        }
        return maps;
    }

    /** y = ReLU(x + norm2(conv2(ReLU(norm1(conv1(x)))))). */
    private Value block(Value x, String name, int width) {
        Value y = g.relu(convolution.emit(x, name + ".conv1.weight", name + ".norm1", width, 3, 1, 1));
        y = convolution.emit(y, name + ".conv2.weight", name + ".norm2", width, 3, 1, 1);
        return g.relu(g.add(x, y));
    }
}
