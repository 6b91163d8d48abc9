package dev.glimpse.onnx;

import static dev.glimpse.onnx.OnnxType.BOOL;
import static dev.glimpse.onnx.OnnxType.FLOAT;
import static dev.glimpse.onnx.OnnxType.INT64;
import static dev.glimpse.onnx.Shape.check;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * An ONNX graph under construction, opset 17: functions take values and return values, and refuse wrong types and shapes
 * with an {@link IllegalArgumentException} on the line that calls them. Functions of pictures and boxes stand in
 * {@link Vision}.
 */
public final class OnnxGraph {
    /** ONNX operator set of every graph. */
    public static final int OPSET = Nodes.OPSET;

    final Nodes nodes;

    public OnnxGraph(String name) {
        nodes = new Nodes(name);
    }

    // --- border and constants

    public Value input(String name, OnnxType type, long... dims) {
        return nodes.input(name, type, Shape.of(dims));
    }

    /** Makes a value an output of the graph; every dimension must be a number or the batch. */
    public void output(String name, Value value) {
        nodes.output(name, value);
    }

    public Value constant(float[] values, long... dims) {
        Shape shape = Shape.of(dims);
        check(shape.elements() == values.length, "%s constants for shape %s", values.length, shape);
        return nodes.constant(FLOAT, Nodes.bytes(values), shape);
    }

    public Value constant(long[] values, long... dims) {
        Shape shape = Shape.of(dims);
        check(shape.elements() == values.length, "%s constants for shape %s", values.length, shape);
        return nodes.constant(INT64, Nodes.bytes(values), shape);
    }

    /**
     * A trained weight that products, convolutions or look-ups read: what storage in fewer bits is about. Equal weights
     * are stored once.
     *
     * @param name name of the initialiser, unique within the graph, such as {@code head.fc1.weight}
     */
    public Value weight(String name, float[] values, long... dims) {
        Shape shape = Shape.of(dims);
        check(shape.elements() == values.length, "%s weights for shape %s", values.length, shape);
        return nodes.constant(FLOAT, Nodes.bytes(values), shape, name);
    }

    public Value scalar(double value) {
        return constant(new float[] {(float) value});
    }

    public Value scalar(long value) {
        return constant(new long[] {value});
    }

    private Value list(long... values) {
        return constant(values, values.length);
    }

    public OnnxModel build() {
        return nodes.build();
    }

    // --- element by element

    public Value add(Value a, Value b) {
        return arithmetic("Add", a, b);
    }

    public Value sub(Value a, Value b) {
        return arithmetic("Sub", a, b);
    }

    public Value mul(Value a, Value b) {
        return arithmetic("Mul", a, b);
    }

    public Value div(Value a, Value b) {
        return arithmetic("Div", a, b);
    }

    public Value min(Value a, Value b) {
        return arithmetic("Min", a, b);
    }

    public Value max(Value a, Value b) {
        return arithmetic("Max", a, b);
    }

    private Value arithmetic(String op, Value a, Value b) {
        check(a.type() == b.type() && a.type() != BOOL, "%s of %s and %s", op, a, b);
        return nodes.add(op, a.type(), a.shape().broadcast(b.shape()), List.of(a, b));
    }

    public Value less(Value a, Value b) {
        return comparison("Less", a, b);
    }

    public Value greater(Value a, Value b) {
        return comparison("Greater", a, b);
    }

    public Value equal(Value a, Value b) {
        return comparison("Equal", a, b);
    }

    private Value comparison(String op, Value a, Value b) {
        check(a.type() == b.type(), "%s of %s and %s", op, a, b);
        return nodes.add(op, BOOL, a.shape().broadcast(b.shape()), List.of(a, b));
    }

    /** {@code yes} where the condition holds, else {@code no}. */
    public Value where(Value condition, Value yes, Value no) {
        check(condition.type() == BOOL && yes.type() == no.type(), "Where of %s, %s and %s", condition, yes, no);
        Shape shape = condition.shape().broadcast(yes.shape()).broadcast(no.shape());
        return nodes.add("Where", yes.type(), shape, List.of(condition, yes, no));
    }

    public Value relu(Value x) {
        return floating("Relu", x);
    }

    public Value sigmoid(Value x) {
        return floating("Sigmoid", x);
    }

    public Value tanh(Value x) {
        return floating("Tanh", x);
    }

    public Value exp(Value x) {
        return floating("Exp", x);
    }

    public Value log(Value x) {
        return floating("Log", x);
    }

    public Value sqrt(Value x) {
        return floating("Sqrt", x);
    }

    public Value floor(Value x) {
        return floating("Floor", x);
    }

    /** x sigmoid(x). */
    public Value swish(Value x) {
        return mul(x, sigmoid(x));
    }

    /** x / 2 (1 + erf(x / sqrt 2)), written so that engines recognise it. */
    public Value gelu(Value x) {
        Value erf = floating("Erf", div(x, scalar(Math.sqrt(2))));
        return mul(mul(x, add(erf, scalar(1.0))), scalar(0.5));
    }

    private Value floating(String op, Value x) {
        check(x.type() == FLOAT, "%s of %s", op, x);
        return nodes.add(op, FLOAT, x.shape(), List.of(x));
    }

    public Value cast(Value x, OnnxType type) {
        return nodes.add("Cast", type, x.shape(), List.of(x), Attribute.of("to", type.number()));
    }

    // --- matrices

    /** (..., m, k) times (..., k, n); leading dimensions broadcast. */
    public Value matMul(Value a, Value b) {
        check(
                a.type() == FLOAT && b.type() == FLOAT && a.rank() >= 2 && b.rank() >= 2 && a.dim(-1) == b.dim(-2),
                "MatMul of %s and %s",
                a,
                b);
        Shape lead = a.shape().part(0, a.rank() - 2).broadcast(b.shape().part(0, b.rank() - 2));
        return nodes.add("MatMul", FLOAT, lead.append(Shape.of(a.dim(-2), b.dim(-1))), List.of(a, b));
    }

    /** x (n, k) times weight (k, m), plus bias (m). */
    public Value linear(Value x, Value weight, Value bias) {
        check(x.rank() == 2 && weight.rank() == 2 && x.dim(1) == weight.dim(0), "Gemm of %s and %s", x, weight);
        return gemm(x, weight, bias, weight.dim(1), 0);
    }

    /** x (n, k) times the transpose of weight (m, k), plus bias (m). */
    public Value linearTransposed(Value x, Value weight, Value bias) {
        check(x.rank() == 2 && weight.rank() == 2 && x.dim(1) == weight.dim(1), "Gemm of %s and %s", x, weight);
        return gemm(x, weight, bias, weight.dim(0), 1);
    }

    private Value gemm(Value x, Value weight, Value bias, long columns, long transposed) {
        check(bias.shape().equals(Shape.of(columns)), "Gemm of %s and %s with bias %s", x, weight, bias);
        return nodes.add(
                "Gemm",
                FLOAT,
                Shape.of(x.dim(0), columns),
                List.of(x, weight, bias),
                Attribute.of("transB", transposed));
    }

    public Value softmax(Value x, int axis) {
        check(x.type() == FLOAT, "Softmax of %s", x);
        return nodes.add(
                "Softmax",
                FLOAT,
                x.shape(),
                List.of(x),
                Attribute.of("axis", x.shape().index(axis)));
    }

    /** Normalises the last dimension to mean 0 and variance 1, then scales and shifts. */
    public Value layerNorm(Value x, Value weight, Value bias, double epsilon) {
        Shape last = Shape.of(x.dim(-1));
        check(
                x.type() == FLOAT && weight.shape().equals(last) && bias.shape().equals(last),
                "LayerNormalization of %s with %s and %s",
                x,
                weight,
                bias);
        return nodes.add(
                "LayerNormalization",
                FLOAT,
                x.shape(),
                List.of(x, weight, bias),
                Attribute.of("axis", -1L),
                Attribute.ofFloat("epsilon", (float) epsilon));
    }

    // --- reductions and choices

    /** Mean over some axes, named from first to last, which disappear. */
    public Value mean(Value x, int... axes) {
        check(x.type() == FLOAT, "ReduceMean of %s", x);
        return reduce("ReduceMean", x, axes);
    }

    /** Maximum over one axis, which disappears. */
    public Value maximum(Value x, int axis) {
        return reduce("ReduceMax", x, axis);
    }

    private Value reduce(String op, Value x, int... axes) {
        long[] indices = Arrays.stream(axes).mapToLong(x.shape()::index).toArray();
        Shape shape = x.shape();
        for (int i = indices.length - 1; i >= 0; i--) {
            shape = shape.without((int) indices[i]);
        }
        return nodes.add(op, x.type(), shape, List.of(x), Attribute.of("axes", indices), Attribute.of("keepdims", 0));
    }

    /** Index of the first maximum along one axis, which disappears. */
    public Value argMax(Value x, int axis) {
        return nodes.add(
                "ArgMax",
                INT64,
                x.shape().without(axis),
                List.of(x),
                Attribute.of("axis", x.shape().index(axis)),
                Attribute.of("keepdims", 0));
    }

    /** Values and indices of {@link #topK}. */
    public record Top(Value values, Value indices) {}

    /** The k largest of the last axis, largest first, equal ones by index. */
    public Top topK(Value x, long k) {
        check(x.type() == FLOAT && x.dim(-1) >= k, "TopK %d of %s", k, x);
        Shape shape = x.shape().with(-1, k);
        List<Value> results = nodes.add(
                "TopK", List.of(FLOAT, INT64), List.of(shape, shape), List.of(x, list(k)), Attribute.of("axis", -1L));
        return new Top(results.get(0), results.get(1));
    }

    // --- arrangement

    /** Other dimensions for the same elements; one of them may be {@link Shape#BATCH}, the rest are numbers. */
    public Value reshape(Value x, long... dims) {
        long rest = 1;
        int inferred = -1;
        for (int i = 0; i < dims.length; i++) {
            check(dims[i] >= 0 || inferred < 0, "Reshape of %s to %s", x, Arrays.toString(dims));
            inferred = dims[i] < 0 ? i : inferred;
            rest *= dims[i] < 0 ? 1 : dims[i];
        }
        long elements = x.shape().elements();
        check(inferred < 0 ? elements == rest : elements % rest == 0, "Reshape of %s to %s", x, Arrays.toString(dims));
        Shape shape = inferred < 0 ? Shape.of(dims) : Shape.of(dims).with(inferred, elements / rest);
        long[] target = dims.clone();
        if (inferred >= 0) { // 0 takes over a dimension: so engines see that the batch is still the batch
            target[inferred] = inferred < x.rank() && x.dim(inferred) == shape.dim(inferred) ? 0 : -1;
        }
        return nodes.add("Reshape", x.type(), shape, List.of(x, list(target)));
    }

    public Value transpose(Value x, long... permutation) {
        check(permutation.length == x.rank(), "Transpose of %s by %s", x, Arrays.toString(permutation));
        List<Long> dims = new ArrayList<>();
        for (long axis : permutation) {
            dims.add(x.dim((int) axis));
        }
        return nodes.add("Transpose", x.type(), new Shape(dims), List.of(x), Attribute.of("perm", permutation));
    }

    public Value unsqueeze(Value x, int axis) {
        int index = axis < 0 ? axis + x.rank() + 1 : axis;
        return nodes.add("Unsqueeze", x.type(), x.shape().insert(index, 1), List.of(x, list(index)));
    }

    public Value squeeze(Value x, int axis) {
        check(x.dim(axis) == 1, "Squeeze of axis %d of %s", axis, x);
        return nodes.add(
                "Squeeze",
                x.type(),
                x.shape().without(axis),
                List.of(x, list(x.shape().index(axis))));
    }

    public Value concat(int axis, Value... parts) {
        return concat(axis, List.of(parts));
    }

    public Value concat(int axis, List<Value> parts) {
        Value first = parts.get(0);
        long total = 0;
        for (Value part : parts) {
            boolean same = part.type() == first.type()
                    && part.dim(axis) >= 0
                    && part.shape().with(axis, 0).equals(first.shape().with(axis, 0));
            check(same, "Concat of %s on axis %d", parts, axis);
            total += part.dim(axis);
        }
        return nodes.add(
                "Concat",
                first.type(),
                first.shape().with(axis, total),
                parts,
                Attribute.of("axis", first.shape().index(axis)));
    }

    /** Equal parts of one axis, in order. */
    public List<Value> split(Value x, int axis, int parts) {
        long length = x.dim(axis);
        check(parts > 0 && length > 0 && length % parts == 0, "Split of axis %d of %s into %d", axis, x, parts);
        return nodes.add(
                "Split",
                Collections.nCopies(parts, x.type()),
                Collections.nCopies(parts, x.shape().with(axis, length / parts)),
                List.of(x),
                Attribute.of("axis", x.shape().index(axis)));
    }

    /** So many zeros behind the last axis's entries. */
    public Value padded(Value x, long count) {
        long[] pads = new long[2 * x.rank()];
        pads[pads.length - 1] = count;
        Shape shape = x.shape().with(-1, x.dim(-1) + count);
        return nodes.add("Pad", x.type(), shape, List.of(x, list(pads)), Attribute.of("mode", "constant"));
    }

    /** Entries start (inclusive) to end (exclusive) of one axis. */
    public Value slice(Value x, int axis, long start, long end) {
        long length = x.dim(axis);
        check(0 <= start && start < end && end <= length, "Slice %d to %d of axis %d of %s", start, end, axis, x);
        return nodes.add(
                "Slice",
                x.type(),
                x.shape().with(axis, end - start),
                List.of(x, list(start), list(end), list(x.shape().index(axis))));
    }

    /** The entries of one axis that the indices name; the indices' dimensions take the axis's place. */
    public Value gather(Value x, Value indices, int axis) {
        check(indices.type() == INT64, "Gather of %s by %s", x, indices);
        int at = x.shape().index(axis);
        Shape shape =
                x.shape().part(0, at).append(indices.shape()).append(x.shape().part(at + 1, x.rank()));
        return nodes.add("Gather", x.type(), shape, List.of(x, indices), Attribute.of("axis", at));
    }

    /** Rows of each batch entry: x (B, n, ...), indices (B, k), result (B, k, ...). */
    public Value rows(Value x, Value indices) {
        check(
                indices.type() == INT64 && indices.rank() == 2 && x.rank() >= 2 && x.dim(0) == indices.dim(0),
                "rows of %s by %s",
                x,
                indices);
        Shape shape = x.shape().with(1, indices.dim(1));
        return nodes.add("GatherND", x.type(), shape, List.of(x, unsqueeze(indices, 2)), Attribute.of("batch_dims", 1));
    }

    /** The shape of x filled with one number. */
    public Value filled(Value x, float number) {
        Value shape = nodes.add("Shape", INT64, Shape.of(x.rank()), List.of(x));
        return nodes.add("ConstantOfShape", FLOAT, x.shape(), List.of(shape), Attribute.ofTensor("value", number));
    }

    /** Row numbers 0, 1, ... of the batch, (B); x is anything whose first dimension is B. */
    public Value batchNumbers(Value x) {
        check(x.dim(0) == Shape.BATCH, "batch numbers of %s", x);
        Value shape = nodes.add("Shape", INT64, Shape.of(x.rank()), List.of(x));
        Value batch = gather(shape, scalar(0L), 0);
        return nodes.add("Range", INT64, Shape.of(Shape.BATCH), List.of(scalar(0L), batch, scalar(1L)));
    }
}
