package dev.glimpse.engine;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;

/**
 * A tensor in the memory of the engine that made it: host memory, or a device's. Used by one thread at a time. Using a
 * closed one throws {@link IllegalStateException}.
 */
public interface Tensor extends AutoCloseable {
    ElementType type();

    /** Dimensions; the first counts the rows. */
    long[] shape();

    /**
     * Writes whole rows from the host.
     *
     * @param row first row to write
     * @param values as many whole rows as wanted, row-major
     */
    void write(int row, float[] values);

    /** As {@link #write(int, float[])}, for integers. */
    void write(int row, long[] values);

    /** As {@link #write(int, float[])}, for bytes, 0 to 255 unsigned. */
    void write(int row, byte[] values);

    /** Sets every element to zero. */
    void clear();

    /**
     * Copies one row of another tensor of the same engine, type and row length into a row of this one, without a detour
     * over the host where both live on a device.
     */
    void copyRow(int row, Tensor source, int sourceRow);

    /** All values as the host sees them, row-major: a read-only view that is valid until the next write, run or close. */
    FloatBuffer floats();

    /** As {@link #floats()}, for integers. */
    LongBuffer longs();

    /** As {@link #floats()}, for bytes. */
    ByteBuffer bytes();

    /**
     * Another handle on the first rows of this tensor, sharing its memory. Close it; closing this tensor does not close it,
     * but what it shows is then no longer to be used.
     */
    Tensor first(int rows);

    @Override
    void close();
}
