package dev.glimpse.cuda;

import static dev.glimpse.cuda.CudaError.check;

import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.LongByReference;
import java.nio.ByteOrder;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** A GPU through its driver: the primary context, which TensorRT uses as well, and one stream. */
public final class CudaContext implements Cuda {
    private static final int NON_BLOCKING = 1;
    private static final int CAPTURE_THREAD_LOCAL = 1;

    private final Gpu gpu;
    private final int device;
    private final long context;
    private final long stream;
    private @Nullable Thread user;
    private long synchronizations;

    /** Opens a GPU that {@link Driver#find} has listed. */
    public CudaContext(Gpu gpu) {
        this.gpu = gpu;
        IntByReference number = new IntByReference();
        check(CudaLibrary.cuDeviceGet(number, gpu.ordinal()), "opening the device");
        this.device = number.getValue();
        LongByReference handle = new LongByReference();
        check(CudaLibrary.cuDevicePrimaryCtxRetain(handle, device), "opening the device's context");
        this.context = handle.getValue();
        try {
            enter();
            check(CudaLibrary.cuStreamCreate(handle, NON_BLOCKING), "making a stream");
            this.stream = handle.getValue();
        } catch (RuntimeException e) {
            CudaLibrary.cuDevicePrimaryCtxRelease_v2(device);
            throw e;
        }
    }

    @Override
    public void enter() {
        Thread now = Thread.currentThread();
        if (user != now) {
            check(CudaLibrary.cuCtxSetCurrent(context), "entering the device's context");
            user = now;
        }
    }

    @Override
    public Gpu gpu() {
        return gpu;
    }

    @Override
    public long freeBytes() {
        enter();
        LongByReference free = new LongByReference();
        check(CudaLibrary.cuMemGetInfo_v2(free, new LongByReference()), "asking for free memory");
        return free.getValue();
    }

    @Override
    public long allocate(long bytes) {
        enter();
        LongByReference address = new LongByReference();
        check(CudaLibrary.cuMemAlloc_v2(address, bytes), "allocating " + bytes + " bytes");
        zero(address.getValue(), bytes);
        return address.getValue();
    }

    @Override
    public void free(long address) {
        enter();
        check(CudaLibrary.cuMemFree_v2(address), "freeing memory");
    }

    @Override
    public Pinned pin(long bytes) {
        enter();
        LongByReference address = new LongByReference();
        check(CudaLibrary.cuMemAllocHost_v2(address, bytes), "pinning " + bytes + " bytes of host memory");
        return new Pinned(
                address.getValue(),
                new Pointer(address.getValue()).getByteBuffer(0, bytes).order(ByteOrder.nativeOrder()));
    }

    @Override
    public void unpin(Pinned memory) {
        enter();
        check(CudaLibrary.cuMemFreeHost(memory.address()), "freeing pinned memory");
    }

    @Override
    public void upload(long to, Pinned host, long offset, long bytes) {
        enter();
        check(CudaLibrary.cuMemcpyHtoDAsync_v2(to, host.address() + offset, bytes, stream), "copying to the device");
    }

    @Override
    public void download(Pinned host, long from, long bytes) {
        enter();
        check(CudaLibrary.cuMemcpyDtoHAsync_v2(host.address(), from, bytes, stream), "copying from the device");
    }

    @Override
    public void copy(long target, long source, long bytes) {
        enter();
        check(CudaLibrary.cuMemcpyDtoDAsync_v2(target, source, bytes, stream), "copying on the device");
    }

    @Override
    public void zero(long address, long bytes) {
        enter();
        check(CudaLibrary.cuMemsetD8Async(address, (byte) 0, bytes, stream), "clearing memory");
    }

    @Override
    public void synchronize() {
        enter();
        check(CudaLibrary.cuStreamSynchronize(stream), "running");
        synchronizations++;
    }

    @Override
    public long synchronizations() {
        return synchronizations;
    }

    @Override
    public void requireAlive() {
        enter();
        check(CudaLibrary.cuCtxSynchronize(), "running");
    }

    @Override
    public long stream() {
        return stream;
    }

    @Override
    public OptionalLong record(Runnable work) {
        enter();
        check(CudaLibrary.cuStreamBeginCapture_v2(stream, CAPTURE_THREAD_LOCAL), "starting to record");
        LongByReference graph = new LongByReference();
        int ended;
        boolean worked = false;
        try {
            work.run();
            worked = true;
        } catch (IllegalStateException e) {
            // The library refused while recording; the caller runs it unrecorded and hears why if that fails, too.
        } finally {
            ended = CudaLibrary.cuStreamEndCapture(stream, graph);
        }
        if (ended != CudaError.NONE || graph.getValue() == 0) {
            return OptionalLong.empty();
        }
        LongByReference executable = new LongByReference();
        int made = worked ? CudaLibrary.cuGraphInstantiateWithFlags(executable, graph.getValue(), 0) : -1;
        CudaLibrary.cuGraphDestroy(graph.getValue());
        return made == CudaError.NONE ? OptionalLong.of(executable.getValue()) : OptionalLong.empty();
    }

    @Override
    public void launch(long recorded) {
        enter();
        check(CudaLibrary.cuGraphLaunch(recorded, stream), "launching recorded work");
    }

    @Override
    public void forget(long recorded) {
        enter();
        check(CudaLibrary.cuGraphExecDestroy(recorded), "freeing recorded work");
    }

    @Override
    public void close() {
        enter();
        CudaLibrary.cuStreamDestroy_v2(stream); // after a fatal error this fails, and nobody can do better
        CudaLibrary.cuCtxSetCurrent(0);
        CudaLibrary.cuDevicePrimaryCtxRelease_v2(device);
    }
}
