package dev.glimpse.onnx;

import java.util.ArrayList;
import java.util.List;

/**
 * Dimensions of a value. A dimension n is a length when n >= 0, and |n| times the batch when it is negative, so that
 * {@code (B, 3, 4)} reshaped to {@code (3 B, 4)} and back stays known; {@link #FREE} is known only at run time.
 */
public record Shape(List<Long> dims) {
    /** The batch. */
    public static final long BATCH = -1;

    /** A length that only the data tell. */
    public static final long FREE = Long.MIN_VALUE;

    public Shape {
        dims = List.copyOf(dims);
    }

    public static Shape of(long... dims) {
        List<Long> list = new ArrayList<>();
        for (long dim : dims) {
            list.add(dim);
        }
        return new Shape(list);
    }

    public int rank() {
        return dims.size();
    }

    /** A dimension; -1 is the last one. */
    public long dim(int axis) {
        return dims.get(index(axis));
    }

    /** The axis counted from the front. */
    public int index(int axis) {
        int index = axis < 0 ? axis + rank() : axis;
        check(index >= 0 && index < rank(), "axis %d does not exist in %s", axis, this);
        return index;
    }

    public Shape with(int axis, long dim) {
        List<Long> list = new ArrayList<>(dims);
        list.set(index(axis), dim);
        return new Shape(list);
    }

    public Shape without(int axis) {
        List<Long> list = new ArrayList<>(dims);
        list.remove(index(axis));
        return new Shape(list);
    }

    /** A new dimension that will be the axis-th. */
    public Shape insert(int axis, long dim) {
        List<Long> list = new ArrayList<>(dims);
        list.add(axis < 0 ? axis + rank() + 1 : axis, dim);
        return new Shape(list);
    }

    /** Dimensions from {@code from} on, up to {@code to}. */
    Shape part(int from, int to) {
        return new Shape(dims.subList(from, to));
    }

    Shape append(Shape other) {
        List<Long> list = new ArrayList<>(dims);
        list.addAll(other.dims);
        return new Shape(list);
    }

    /** The shape of an element-wise operation on both. */
    public Shape broadcast(Shape other) {
        int rank = Math.max(rank(), other.rank());
        List<Long> list = new ArrayList<>();
        for (int i = 0; i < rank; i++) {
            long a = i < rank - rank() ? 1 : dims.get(i - rank + rank());
            long b = i < rank - other.rank() ? 1 : other.dims.get(i - rank + other.rank());
            list.add(broadcast(a, b, other));
        }
        return new Shape(list);
    }

    private long broadcast(long a, long b, Shape other) {
        if (a == b || b == 1) {
            return a;
        }
        if (a == 1) {
            return b;
        }
        check(a == FREE || b == FREE, "%s and %s do not broadcast", this, other);
        return FREE;
    }

    /** Number of elements, negative when it is that many times the batch. */
    long elements() {
        long product = 1;
        boolean batch = false;
        for (long dim : dims) {
            check(dim != FREE && !(batch && dim < 0), "%s has no countable number of elements", this);
            batch |= dim < 0;
            product = Math.multiplyExact(product, Math.abs(dim));
        }
        return batch ? -product : product;
    }

    static void check(boolean holds, String format, Object... arguments) {
        if (!holds) {
            throw new IllegalArgumentException(String.format(format, arguments));
        }
    }

    @Override
    public String toString() {
        List<String> words = new ArrayList<>();
        for (long dim : dims) {
            words.add(dim == FREE ? "?" : dim >= 0 ? Long.toString(dim) : dim == -1 ? "B" : -dim + "B");
        }
        return "(" + String.join(", ", words) + ")";
    }
}
