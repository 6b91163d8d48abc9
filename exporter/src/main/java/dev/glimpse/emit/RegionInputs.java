package dev.glimpse.emit;

import dev.glimpse.onnx.OnnxGraph;
import dev.glimpse.onnx.OnnxType;
import dev.glimpse.onnx.Shape;
import dev.glimpse.onnx.Value;

/** The detector's outputs as inputs of a graph: boxes (B, R, 4), scores (B, R), features (B, R, F). */
record RegionInputs(Value boxes, Value scores, Value features) {
    static RegionInputs of(OnnxGraph g, int regions, int feature) {
        return new RegionInputs(
                g.input("boxes", OnnxType.FLOAT, Shape.BATCH, regions, 4),
                g.input("scores", OnnxType.FLOAT, Shape.BATCH, regions),
                g.input("features", OnnxType.FLOAT, Shape.BATCH, regions, feature));
    }
}
