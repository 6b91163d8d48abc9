package dev.glimpse.emit;

import dev.glimpse.onnx.OnnxGraph;
import dev.glimpse.onnx.Value;

/** Emits linear layers {@code x W + b} with W of shape (in, out). */
record LinearEmitter(OnnxGraph g, ParameterSource parameters) {
    /** x (n, in) or (..., in); result (n, out) or (..., out). */
    Value emit(Value x, String name, int out) {
        int in = Math.toIntExact(x.dim(-1));
        Value weight = g.weight(name + ".weight", parameters.get(name + ".weight", in, out), in, out);
        Value bias = g.constant(parameters.get(name + ".bias", out), out);
        return x.rank() == 2 ? g.linear(x, weight, bias) : g.add(g.matMul(x, weight), bias);
    }
}
