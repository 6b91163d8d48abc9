package dev.glimpse.emit;

import dev.glimpse.onnx.OnnxGraph;
import dev.glimpse.onnx.Value;
import dev.glimpse.onnx.Vision;
import java.util.ArrayList;
import java.util.List;

/** Emits the weighted bidirectional pyramid of EfficientDet (Tan et al., arXiv 1911.09070) over four levels. */
record BiFpn(OnnxGraph g, ParameterSource parameters, int channels) {
    private static final double EPSILON = 1e-4;

    /** Maps of any width in, maps of {@code channels} out; strides 4, 8, 16 and 32. */
    List<Value> emit(List<Value> maps, int cells) {
        ConvolutionEmitter convolution = new ConvolutionEmitter(g, parameters);
        List<Value> levels = new ArrayList<>();
        for (int l = 0; l < maps.size(); l++) {
            levels.add(convolution.emit(maps.get(l), "pyramid.lateral" + l, channels, 1, 1));
        }
        for (int c = 1; c <= cells; c++) {
            levels = cell(levels, "pyramid.cell" + c);
        }
        return levels;
    }

    private List<Value> cell(List<Value> p, String name) {
        Vision vision = new Vision(g);
        Value top2 = node(name + ".top2", p.get(2), vision.twice(p.get(3)));
        Value top1 = node(name + ".top1", p.get(1), vision.twice(top2));
        Value out0 = node(name + ".out0", p.get(0), vision.twice(top1));
        Value out1 = node(name + ".out1", p.get(1), top1, vision.halve(out0));
        Value out2 = node(name + ".out2", p.get(2), top2, vision.halve(out1));
        Value out3 = node(name + ".out3", p.get(3), vision.halve(out2));
        return List.of(out0, out1, out2, out3);
    }

    /** Weighted mean of the inputs, swish, depthwise 3x3, pointwise 1x1, batch norm. */
    Value node(String name, Value... inputs) {
        float[] weights = parameters.get(name + ".fusion", inputs.length);
        double total = EPSILON;
        for (float weight : weights) {
            total += Math.max(0, weight);
        }
        Value sum = g.mul(inputs[0], g.scalar(Math.max(0, weights[0]) / total));
        for (int i = 1; i < inputs.length; i++) {
            sum = g.add(sum, g.mul(inputs[i], g.scalar(Math.max(0, weights[i]) / total)));
        }
        Value filter = g.weight(
                name + ".depthwise.weight",
                parameters.get(name + ".depthwise.weight", channels, 1, 3, 3),
                channels,
                1,
                3,
                3);
        Value none = g.constant(new float[channels], channels);
        Value y = new Vision(g).convolution(g.swish(sum), filter, none, 1, channels);
        return new ConvolutionEmitter(g, parameters)
                .emit(y, name + ".pointwise.weight", name + ".norm", channels, 1, 1, 1);
    }
}
