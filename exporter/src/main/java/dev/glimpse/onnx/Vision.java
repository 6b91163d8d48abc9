package dev.glimpse.onnx;

import static dev.glimpse.onnx.OnnxType.BOOL;
import static dev.glimpse.onnx.OnnxType.FLOAT;
import static dev.glimpse.onnx.OnnxType.INT64;
import static dev.glimpse.onnx.Shape.check;

import java.util.List;

/** Functions of pictures and boxes on the values of a graph. Maps are (B, channels, height, width). */
public record Vision(OnnxGraph g) {
    /**
     * Convolution with symmetric padding of half the kernel.
     *
     * @param weight (out, in / groups, k, k)
     * @param bias (out)
     */
    public Value convolution(Value x, Value weight, Value bias, int stride, int groups) {
        long kernel = weight.dim(2);
        check(
                x.type() == FLOAT
                        && x.rank() == 4
                        && weight.rank() == 4
                        && x.dim(1) == weight.dim(1) * groups
                        && kernel == weight.dim(3)
                        && bias.shape().equals(Shape.of(weight.dim(0))),
                "Conv of %s with %s and %s in %d groups",
                x,
                weight,
                bias,
                groups);
        long pad = kernel / 2;
        Shape shape = strided(x.shape(), kernel, stride, pad).with(1, weight.dim(0));
        return g.nodes.add(
                "Conv",
                FLOAT,
                shape,
                List.of(x, weight, bias),
                Attribute.of("kernel_shape", kernel, kernel),
                Attribute.of("strides", stride, stride),
                Attribute.of("pads", pad, pad, pad, pad),
                Attribute.of("group", (long) groups));
    }

    /** Maximum of each 3x3 window, stride 2, padding 1. */
    public Value halve(Value x) {
        check(x.type() == FLOAT && x.rank() == 4, "MaxPool of %s", x);
        return g.nodes.add(
                "MaxPool",
                FLOAT,
                strided(x.shape(), 3, 2, 1),
                List.of(x),
                Attribute.of("kernel_shape", 3, 3),
                Attribute.of("strides", 2, 2),
                Attribute.of("pads", 1, 1, 1, 1));
    }

    /** Every pixel four times: nearest neighbour by 2. */
    public Value twice(Value x) {
        check(x.type() == FLOAT && x.rank() == 4, "Resize of %s", x);
        Shape shape = x.shape().with(2, 2 * x.dim(2)).with(3, 2 * x.dim(3));
        Value none = new Value("", FLOAT, Shape.of(0)); // an optional operand that is absent
        Value scales = g.constant(new float[] {1, 1, 2, 2}, 4);
        return g.nodes.add(
                "Resize",
                FLOAT,
                shape,
                List.of(x, none, scales),
                Attribute.of("mode", "nearest"),
                Attribute.of("coordinate_transformation_mode", "asymmetric"),
                Attribute.of("nearest_mode", "floor"));
    }

    /** Repeats the outermost rows {@code rows} times above and below, columns {@code left} and {@code right} times. */
    public Value repeatEdge(Value x, long rows, long left, long right) {
        check(x.type() == FLOAT && x.rank() == 4, "Pad of %s", x);
        Shape shape = x.shape().with(2, x.dim(2) + 2 * rows).with(3, x.dim(3) + left + right);
        Value pads = g.constant(new long[] {0, 0, rows, left, 0, 0, rows, right}, 8);
        return g.nodes.add("Pad", FLOAT, shape, List.of(x, pads), Attribute.of("mode", "edge"));
    }

    /** Mean over height and width: (B, channels). */
    public Value spatialMean(Value x) {
        return g.mean(g.mean(x, 3), 2);
    }

    private static Shape strided(Shape x, long kernel, long stride, long pad) {
        return x.with(2, (x.dim(2) + 2 * pad - kernel) / stride + 1)
                .with(3, (x.dim(3) + 2 * pad - kernel) / stride + 1);
    }

    /**
     * Greedy suppression of boxes that are sorted by falling score.
     *
     * @param boxes (B, n, 4), two opposite corners each
     * @param most how many are kept at most
     * @param iou a box is dropped when it overlaps an earlier kept one by more
     * @return (B, n) truth values: kept
     */
    public Value kept(Value boxes, int most, double iou) {
        check(boxes.type() == FLOAT && boxes.rank() == 3 && boxes.dim(2) == 4, "NonMaxSuppression of %s", boxes);
        int n = Math.toIntExact(boxes.dim(1));
        float[] falling = new float[n]; // ranks instead of scores: exact, without ties, and above any threshold
        for (int i = 0; i < n; i++) {
            falling[i] = n - i;
        }
        Value zeros = g.filled(g.maximum(boxes, 2), 0); // (B, n)
        Value ranks = g.unsqueeze(g.add(zeros, g.constant(falling, 1, n)), 1); // (B, 1, n)
        Value selected = g.nodes.add(
                "NonMaxSuppression",
                INT64,
                Shape.of(Shape.FREE, 3),
                List.of(
                        boxes,
                        ranks,
                        g.constant(new long[] {most}, 1),
                        g.constant(new float[] {(float) iou}, 1),
                        g.constant(new float[] {0}, 1)));
        Value places = g.gather(selected, g.constant(new long[] {0, 2}, 2), 1); // (m, 2): row of the batch, box
        Value ones = g.filled(g.gather(selected, g.scalar(0L), 1), 1); // (m)
        Value mask = g.nodes.add("ScatterND", FLOAT, zeros.shape(), List.of(zeros, places, ones));
        return g.nodes.add("Greater", BOOL, mask.shape(), List.of(mask, g.scalar(0.5)));
    }

    /**
     * Average of 2x2 bilinear samples in each cell of a grid over each box.
     *
     * @param map (B, channels, height, width)
     * @param boxes (n, 4) x1, y1, x2, y2 in cells of the map, whose first cell reaches from 0 to 1
     * @param batch (n) row of the batch that each box belongs to
     * @param grid side P of the grid
     * @return (n, channels, P, P)
     */
    public Value roiAlign(Value map, Value boxes, Value batch, int grid) {
        check(
                map.rank() == 4
                        && boxes.rank() == 2
                        && boxes.dim(1) == 4
                        && batch.type() == INT64
                        && batch.shape().equals(Shape.of(boxes.dim(0))),
                "RoiAlign of %s in %s of rows %s",
                map,
                boxes,
                batch);
        return g.nodes.add(
                "RoiAlign",
                FLOAT,
                Shape.of(boxes.dim(0), map.dim(1), grid, grid),
                List.of(map, boxes, batch),
                Attribute.of("output_height", (long) grid),
                Attribute.of("output_width", (long) grid),
                Attribute.of("sampling_ratio", 2L),
                Attribute.ofFloat("spatial_scale", 1f),
                Attribute.of("mode", "avg"),
                Attribute.of("coordinate_transformation_mode", "half_pixel"));
    }
}
