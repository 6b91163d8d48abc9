package dev.glimpse.tensorrt;

import dev.glimpse.cuda.Cuda;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * Memory of a device and, once the host wants to see it, a pinned copy. What the host writes is collected and goes over in one
 * copy before the device reads; what the device writes comes back when the host reads.
 */
final class DeviceMemory {
    private static final long NEVER = -1;

    private final Cuda cuda;
    private final long address;
    private final long bytes;
    private Cuda.@Nullable Pinned host;
    /** What the host has written and the device has not got yet. */
    private long dirtyFrom;

    private long dirtyTo;
    /** So many bytes from the start are the same on both sides, apart from what is dirty. */
    private long fresh;

    private long uploadedAt = NEVER;
    private boolean closed;

    /** New memory of zeros. */
    DeviceMemory(Cuda cuda, long bytes) {
        this.cuda = cuda;
        this.bytes = bytes;
        this.address = cuda.allocate(bytes);
    }

    long address() {
        return address;
    }

    /** Where the device finds it. What the host has written is on the stream before whatever comes next. */
    long forReading() {
        requireOpen();
        if (dirtyTo > dirtyFrom && host != null) {
            cuda.upload(address + dirtyFrom, host, dirtyFrom, dirtyTo - dirtyFrom);
            uploadedAt = cuda.synchronizations();
        }
        dirtyFrom = 0;
        dirtyTo = 0;
        return address;
    }

    /** As {@link #forReading}, for a device that writes. */
    long forWriting() {
        long where = forReading();
        fresh = 0;
        return where;
    }

    /** The part of the host's copy into which so many bytes may be written now. */
    ByteBuffer write(long offset, long length) {
        Cuda.Pinned copy = host();
        if (dirtyTo > dirtyFrom && (offset > dirtyTo || offset + length < dirtyFrom)) {
            forReading(); // what lies between the two must not go over
        }
        if (uploadedAt == cuda.synchronizations()) {
            cuda.synchronize(); // an earlier upload may still be reading the host's copy
        }
        dirtyFrom = dirtyTo > dirtyFrom ? Math.min(dirtyFrom, offset) : offset;
        dirtyTo = Math.max(dirtyTo, offset + length);
        return slice(copy, offset, length);
    }

    /** The first bytes as the host sees them now, read-only. */
    ByteBuffer read(long length) {
        Cuda.Pinned copy = host();
        if (fresh < length) {
            forReading();
            cuda.download(copy, address, length);
            cuda.synchronize();
            fresh = length;
        }
        return slice(copy, 0, length).asReadOnlyBuffer().order(ByteOrder.nativeOrder());
    }

    void zero(long length) {
        cuda.zero(forWriting(), length);
    }

    void copyFrom(long offset, DeviceMemory source, long sourceOffset, long length) {
        long from = source.forReading();
        cuda.copy(forWriting() + offset, from + sourceOffset, length);
    }

    private static ByteBuffer slice(Cuda.Pinned copy, long offset, long length) {
        return copy.buffer().slice((int) offset, (int) length).order(ByteOrder.nativeOrder());
    }

    private Cuda.Pinned host() {
        requireOpen();
        if (host == null) {
            host = cuda.pin(bytes);
        }
        return host;
    }

    boolean isClosed() {
        return closed;
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("memory of a closed tensor");
        }
    }

    void close() {
        if (closed) {
            return;
        }
        closed = true;
        cuda.synchronize();
        try {
            if (host != null) {
                cuda.unpin(host);
            }
        } finally {
            cuda.free(address);
        }
    }
}
