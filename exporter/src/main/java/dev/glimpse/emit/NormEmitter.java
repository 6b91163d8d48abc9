package dev.glimpse.emit;

import dev.glimpse.onnx.OnnxGraph;
import dev.glimpse.onnx.Value;

/** Emits layer norms over the last dimension. */
record NormEmitter(OnnxGraph g, ParameterSource parameters, double epsilon) {
    Value emit(Value x, String name) {
        int width = Math.toIntExact(x.dim(-1));
        Value weight = g.constant(parameters.get(name + ".weight", width), width);
        Value bias = g.constant(parameters.get(name + ".bias", width), width);
        return g.layerNorm(x, weight, bias, epsilon);
    }
}
