package dev.glimpse.cuda;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.LongByReference;
import dev.glimpse.error.UserError;
import org.jspecify.annotations.Nullable;

/**
 * The functions of the CUDA driver that are used, under their own names; each returns 0 or an error code ({@link
 * CudaError}). All exist since CUDA 11.4.
 */
final class CudaLibrary {
    private static final String NAME = "libcuda.so.1";

    /** Held for ever: JNA unloads a library that nobody holds. */
    private static @Nullable NativeLibrary library;

    private CudaLibrary() {}

    /**
     * Loads the driver; does nothing the second time.
     *
     * @throws UserError when there is none, or one too old
     */
    static synchronized void load() {
        if (library != null) {
            return;
        }
        NativeLibrary found;
        try {
            found = NativeLibrary.getInstance(NAME);
        } catch (UnsatisfiedLinkError e) {
            throw new UserError("no NVIDIA driver: %s was not found. Install the driver of the GPU".formatted(NAME), e);
        }
        try {
            Native.register(CudaLibrary.class, found);
        } catch (UnsatisfiedLinkError e) {
            throw new UserError("the NVIDIA driver is too old (%s). Install one of CUDA 12 or 13".formatted(e), e);
        }
        library = found;
    }

    static native int cuInit(int flags);

    static native int cuDriverGetVersion(IntByReference version);

    static native int cuDeviceGetCount(IntByReference count);

    static native int cuDeviceGet(IntByReference device, int ordinal);

    static native int cuDeviceGetName(byte[] name, int length, int device);

    static native int cuDeviceGetAttribute(IntByReference value, int attribute, int device);

    static native int cuDeviceTotalMem_v2(LongByReference bytes, int device);

    static native int cuDevicePrimaryCtxRetain(LongByReference context, int device);

    static native int cuDevicePrimaryCtxRelease_v2(int device);

    static native int cuCtxSetCurrent(long context);

    static native int cuCtxSynchronize();

    static native int cuMemGetInfo_v2(LongByReference free, LongByReference total);

    static native int cuMemAlloc_v2(LongByReference address, long bytes);

    static native int cuMemFree_v2(long address);

    static native int cuMemAllocHost_v2(LongByReference address, long bytes);

    static native int cuMemFreeHost(long address);

    static native int cuMemcpyHtoDAsync_v2(long device, long host, long bytes, long stream);

    static native int cuMemcpyDtoHAsync_v2(long host, long device, long bytes, long stream);

    static native int cuMemcpyDtoDAsync_v2(long target, long source, long bytes, long stream);

    static native int cuMemsetD8Async(long address, byte value, long bytes, long stream);

    static native int cuStreamCreate(LongByReference stream, int flags);

    static native int cuStreamDestroy_v2(long stream);

    static native int cuStreamSynchronize(long stream);

    static native int cuStreamBeginCapture_v2(long stream, int mode);

    static native int cuStreamEndCapture(long stream, LongByReference graph);

    static native int cuGraphInstantiateWithFlags(LongByReference executable, long graph, long flags);

    static native int cuGraphLaunch(long executable, long stream);

    static native int cuGraphExecDestroy(long executable);

    static native int cuGraphDestroy(long graph);
}
