package dev.glimpse.cuda;

import java.nio.ByteBuffer;
import java.util.OptionalLong;

/**
 * Memory and one stream of a GPU. Whatever is put on the stream happens in that order; {@link #synchronize} waits for all
 * of it. Used by one thread at a time.
 *
 * <p>A seam: tests use a device that lives in host memory.
 *
 * <p>Every method throws {@link dev.glimpse.engine.DeviceException} when the GPU refuses.
 */
public interface Cuda extends AutoCloseable {
    /**
     * Host memory that the GPU copies from and to without a detour.
     *
     * @param buffer the same memory in native byte order
     */
    record Pinned(long address, ByteBuffer buffer) {}

    /** Makes the calling thread the one that uses the GPU. */
    void enter();

    Gpu gpu();

    /** Bytes of device memory that nobody uses now. */
    long freeBytes();

    /** New device memory of zeros. */
    long allocate(long bytes);

    void free(long address);

    Pinned pin(long bytes);

    void unpin(Pinned memory);

    void upload(long device, Pinned host, long offset, long bytes);

    void download(Pinned host, long device, long bytes);

    void copy(long target, long source, long bytes);

    void zero(long address, long bytes);

    /** Waits for the stream. Errors of earlier work on it come out here. */
    void synchronize();

    /** How often {@link #synchronize} has returned: the same number twice says that earlier work may still be under way. */
    long synchronizations();

    /** Waits for everything on the GPU and throws when it has failed for good. */
    void requireAlive();

    /** Handle of the stream, for libraries that put work on it. */
    long stream();

    /**
     * Records what {@code work} puts on the stream instead of doing it.
     *
     * @return what {@link #launch} takes; empty when that work cannot be recorded
     */
    OptionalLong record(Runnable work);

    /** Puts recorded work on the stream. */
    void launch(long recorded);

    void forget(long recorded);

    @Override
    void close();
}
