package dev.glimpse.engine;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;

/** A tensor in direct host memory, which ONNX Runtime reads and writes in place. */
final class OrtTensor implements Tensor {
    private final ElementType type;
    private final long[] shape;
    private final int rowBytes;
    private final ByteBuffer memory;
    private final OnnxTensor handle;
    private final AtomicInteger open;

    private OrtTensor(ElementType type, long[] shape, ByteBuffer memory, AtomicInteger open) {
        this.type = type;
        this.shape = shape;
        this.rowBytes = (int) (memory.capacity() / shape[0]);
        this.memory = memory;
        this.handle = handle(type, shape, memory);
        this.open = open;
        open.incrementAndGet();
    }

    /** @param open counter of open tensors, raised now and lowered on close */
    static OrtTensor allocate(ElementType type, long[] shape, AtomicInteger open) {
        long bytes = type.size();
        for (long dimension : shape) {
            if (dimension < 1) {
                throw new IllegalArgumentException(
                        "every dimension must be at least 1, found " + Arrays.toString(shape));
            }
            bytes = Math.multiplyExact(bytes, dimension);
        }
        ByteBuffer memory = ByteBuffer.allocateDirect(Math.toIntExact(bytes)).order(ByteOrder.nativeOrder());
        return new OrtTensor(type, shape.clone(), memory, open);
    }

    private static OnnxTensor handle(ElementType type, long[] shape, ByteBuffer memory) {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try {
            return switch (type) {
                case FLOAT -> OnnxTensor.createTensor(environment, memory.asFloatBuffer(), shape);
                case INT64 -> OnnxTensor.createTensor(environment, memory.asLongBuffer(), shape);
                case UINT8 -> OnnxTensor.createTensor(environment, memory, shape, OnnxJavaType.UINT8);
            };
        } catch (OrtException e) {
            throw new IllegalStateException("a tensor of " + type + " " + Arrays.toString(shape) + " was refused", e);
        }
    }

    OnnxTensor handle() {
        requireOpen();
        return handle;
    }

    @Override
    public ElementType type() {
        return type;
    }

    @Override
    public long[] shape() {
        return shape.clone();
    }

    @Override
    public void write(int row, float[] values) {
        bytesFrom(ElementType.FLOAT, row, values.length).asFloatBuffer().put(values);
    }

    @Override
    public void write(int row, long[] values) {
        bytesFrom(ElementType.INT64, row, values.length).asLongBuffer().put(values);
    }

    @Override
    public void write(int row, byte[] values) {
        bytesFrom(ElementType.UINT8, row, values.length).put(values);
    }

    @Override
    public void clear() {
        requireOpen();
        LongBuffer longs = memory.asLongBuffer();
        for (int i = 0; i < longs.capacity(); i++) {
            longs.put(i, 0);
        }
        for (int i = longs.capacity() * Long.BYTES; i < memory.capacity(); i++) {
            memory.put(i, (byte) 0);
        }
    }

    @Override
    public void copyRow(int row, Tensor source, int sourceRow) {
        OrtTensor other = (OrtTensor) source;
        other.requireOpen();
        if (other.type != type || other.rowBytes != rowBytes) {
            throw new IllegalArgumentException("rows of %s %s do not fit into %s %s"
                    .formatted(other.type, Arrays.toString(other.shape), type, Arrays.toString(shape)));
        }
        bytesFrom(type, row, rowBytes / type.size()).put(0, other.memory, sourceRow * rowBytes, rowBytes);
    }

    /** The memory from a row on, after checking that so many elements are whole rows and fit. */
    private ByteBuffer bytesFrom(ElementType expected, int row, int elements) {
        requireOpen();
        long bytes = (long) elements * type.size();
        if (type != expected || bytes % rowBytes != 0 || row < 0 || (long) row * rowBytes + bytes > memory.capacity()) {
            throw new IllegalArgumentException("%d elements of %s are no whole rows from row %d on of %s %s"
                    .formatted(elements, expected, row, type, Arrays.toString(shape)));
        }
        return memory.slice(row * rowBytes, (int) bytes).order(ByteOrder.nativeOrder());
    }

    @Override
    public FloatBuffer floats() {
        return view(ElementType.FLOAT).asFloatBuffer();
    }

    @Override
    public LongBuffer longs() {
        return view(ElementType.INT64).asLongBuffer();
    }

    @Override
    public ByteBuffer bytes() {
        return view(ElementType.UINT8);
    }

    private ByteBuffer view(ElementType expected) {
        requireOpen();
        if (type != expected) {
            throw new IllegalStateException("a tensor of %s cannot be read as %s".formatted(type, expected));
        }
        return memory.asReadOnlyBuffer().order(ByteOrder.nativeOrder());
    }

    @Override
    public OrtTensor first(int rows) {
        requireOpen();
        if (rows < 1 || rows > shape[0]) {
            throw new IllegalArgumentException("asked for %d rows of %s".formatted(rows, Arrays.toString(shape)));
        }
        long[] fewer = shape.clone();
        fewer[0] = rows;
        return new OrtTensor(type, fewer, memory.slice(0, rows * rowBytes).order(ByteOrder.nativeOrder()), open);
    }

    private void requireOpen() {
        if (handle.isClosed()) {
            throw new IllegalStateException("tensor of " + type + " " + Arrays.toString(shape) + " is closed");
        }
    }

    @Override
    public void close() {
        if (!handle.isClosed()) {
            handle.close();
            open.decrementAndGet();
        }
    }
}
