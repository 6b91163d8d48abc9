package dev.glimpse.tensorrt;

import dev.glimpse.cuda.Cuda;
import dev.glimpse.engine.ElementType;
import dev.glimpse.engine.Tensor;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;

/** A tensor in the memory of a GPU. */
final class DeviceTensor implements Tensor {
    private final ElementType type;
    private final long[] shape;
    private final long rowBytes;
    private final DeviceMemory memory;
    private final boolean owner;
    private final AtomicInteger counter;
    private boolean open = true;

    private DeviceTensor(ElementType type, long[] shape, DeviceMemory memory, boolean owner, AtomicInteger counter) {
        this.type = type;
        this.shape = shape;
        this.rowBytes = bytes(type, shape) / shape[0];
        this.memory = memory;
        this.owner = owner;
        this.counter = counter;
        counter.incrementAndGet();
    }

    /** @param counter of open tensors, raised now and lowered on close */
    static DeviceTensor allocate(Cuda cuda, ElementType type, long[] shape, AtomicInteger counter) {
        for (long dimension : shape) {
            if (dimension < 1) {
                throw new IllegalArgumentException(
                        "every dimension must be at least 1, found " + Arrays.toString(shape));
            }
        }
        int bytes = Math.toIntExact(bytes(type, shape)); // a buffer of the host shows it
        return new DeviceTensor(type, shape.clone(), new DeviceMemory(cuda, bytes), true, counter);
    }

    private static long bytes(ElementType type, long[] shape) {
        return Arrays.stream(shape).reduce(type.size(), Math::multiplyExact);
    }

    /** Where it lies on the device, whoever uses it. */
    long address() {
        return memory.address();
    }

    /** Where the GPU reads it. */
    long forReading() {
        requireOpen();
        return memory.forReading();
    }

    /** Where the GPU writes it. */
    long forWriting() {
        requireOpen();
        return memory.forWriting();
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
        from(ElementType.FLOAT, row, values.length).asFloatBuffer().put(values);
    }

    @Override
    public void write(int row, long[] values) {
        from(ElementType.INT64, row, values.length).asLongBuffer().put(values);
    }

    @Override
    public void write(int row, byte[] values) {
        from(ElementType.UINT8, row, values.length).put(values);
    }

    private ByteBuffer from(ElementType expected, int row, int elements) {
        requireOpen();
        long bytes = (long) elements * type.size();
        if (type != expected || bytes % rowBytes != 0 || row < 0 || row * rowBytes + bytes > shape[0] * rowBytes) {
            throw new IllegalArgumentException("%d elements of %s are no whole rows from row %d on of %s %s"
                    .formatted(elements, expected, row, type, Arrays.toString(shape)));
        }
        return memory.write(row * rowBytes, bytes);
    }

    @Override
    public void clear() {
        requireOpen();
        memory.zero(shape[0] * rowBytes);
    }

    @Override
    public void copyRow(int row, Tensor source, int sourceRow) {
        DeviceTensor other = (DeviceTensor) source;
        requireOpen();
        other.requireOpen();
        if (other.type != type || other.rowBytes != rowBytes) {
            throw new IllegalArgumentException("rows of %s %s do not fit into %s %s"
                    .formatted(other.type, Arrays.toString(other.shape), type, Arrays.toString(shape)));
        }
        if (row < 0 || row >= shape[0] || sourceRow < 0 || sourceRow >= other.shape[0]) {
            throw new IllegalArgumentException("asked for row %d of %s and row %d of %s"
                    .formatted(row, Arrays.toString(shape), sourceRow, Arrays.toString(other.shape)));
        }
        memory.copyFrom(row * rowBytes, other.memory, sourceRow * rowBytes, rowBytes);
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
        return memory.read(shape[0] * rowBytes);
    }

    @Override
    public DeviceTensor first(int rows) {
        requireOpen();
        if (rows < 1 || rows > shape[0]) {
            throw new IllegalArgumentException("asked for %d rows of %s".formatted(rows, Arrays.toString(shape)));
        }
        long[] fewer = shape.clone();
        fewer[0] = rows;
        return new DeviceTensor(type, fewer, memory, false, counter);
    }

    private void requireOpen() {
        if (!open || memory.isClosed()) {
            throw new IllegalStateException("tensor of " + type + " " + Arrays.toString(shape) + " is closed");
        }
    }

    @Override
    public void close() {
        if (open) {
            open = false;
            counter.decrementAndGet();
            if (owner) {
                memory.close();
            }
        }
    }
}
