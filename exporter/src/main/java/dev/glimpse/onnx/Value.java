package dev.glimpse.onnx;

/**
 * One value of a graph: the result of a node, an input, or a constant.
 *
 * @param name unique within its graph
 * @param type element type
 * @param shape dimensions
 */
public record Value(String name, OnnxType type, Shape shape) {
    /** A dimension of the shape; -1 is the last one. */
    public long dim(int axis) {
        return shape.dim(axis);
    }

    public int rank() {
        return shape.rank();
    }

    @Override
    public String toString() {
        return "%s %s %s".formatted(name, type.label(), shape);
    }
}
