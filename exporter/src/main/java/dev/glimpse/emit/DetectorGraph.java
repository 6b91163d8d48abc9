package dev.glimpse.emit;

import static dev.glimpse.error.UserError.require;

import dev.glimpse.onnx.OnnxGraph;
import dev.glimpse.onnx.OnnxModel;
import dev.glimpse.onnx.OnnxType;
import dev.glimpse.onnx.Shape;
import dev.glimpse.onnx.Value;
import dev.glimpse.size.DetectorSize;
import java.util.List;

/** Compiles {@code detector.onnx}: letterboxed RGB bytes in, regions with features and attributes out. */
public final class DetectorGraph {
    private static final float[] MEAN = {.485f, .456f, .406f};
    private static final float[] DEVIATION = {.229f, .224f, .225f};

    private DetectorGraph() {}

    /** The graph of a {@code student-detector} checkpoint. */
    public static OnnxModel of(Checkpoint checkpoint) {
        return of(checkpoint, checkpoint.detectorSize());
    }

    /**
     * The graph of any parameters.
     *
     * @throws dev.glimpse.error.UserError when the detector knows no attributes: the output would be empty
     */
    public static OnnxModel of(ParameterSource parameters, DetectorSize size) {
        require(
                size.attributes() > 0,
                "a detector of 0 attributes cannot be exported: expected at least 1 in its labels");
        OnnxGraph g = new OnnxGraph("detector");
        Value picture = g.input("picture", OnnxType.UINT8, Shape.BATCH, size.pictureHeight(), size.pictureWidth(), 3);
        Value content = g.input("size", OnnxType.FLOAT, Shape.BATCH, 2);
        List<Value> maps = Backbone.emit(g, parameters, size.backbone(), normalised(g, picture));
        List<Value> levels = new BiFpn(g, parameters, size.pyramidChannels()).emit(maps, size.pyramidCells());
        Proposals.Result proposals = new Proposals(g, parameters, size).emit(levels, content);
        Value crops = new RegionPooling(g, size).emit(levels, proposals.boxes());
        RegionHead.Result head = new RegionHead(g, parameters, size).emit(crops);
        FinalRegions.Result regions = new FinalRegions(g, parameters, size).emit(proposals, head, content);
        g.output("boxes", regions.boxes());
        g.output("scores", regions.scores());
        g.output("classes", regions.classes());
        g.output("features", regions.features());
        g.output("attributes", regions.attributes());
        return g.build();
    }

    /** Bytes (B, H, W, 3) to (x / 255 - mean) / deviation in (B, 3, H, W). */
    private static Value normalised(OnnxGraph g, Value picture) {
        float[] scale = new float[3];
        float[] shift = new float[3];
        for (int c = 0; c < 3; c++) {
            scale[c] = 1 / (255 * DEVIATION[c]);
            shift[c] = -MEAN[c] / DEVIATION[c];
        }
        Value x = g.transpose(g.cast(picture, OnnxType.FLOAT), 0, 3, 1, 2);
        return g.add(g.mul(x, g.constant(scale, 1, 3, 1, 1)), g.constant(shift, 1, 3, 1, 1));
    }
}
