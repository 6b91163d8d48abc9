package dev.glimpse.tensorrt;

import dev.glimpse.cuda.Cuda;
import dev.glimpse.cuda.Gpu;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;

/** A device that lives in host memory and counts what goes over. Asynchronous copies happen only when it is waited for. */
final class HostCuda implements Cuda {
    private static final long STRIDE = 1L << 32;

    private final Map<Long, ByteBuffer> memory = new HashMap<>();
    private final java.util.ArrayDeque<Runnable> stream = new java.util.ArrayDeque<>();
    private long next = 1;
    private long synchronizations;
    int uploads;
    int downloads;
    int pinned;

    private ByteBuffer at(long address, long bytes) {
        ByteBuffer whole = memory.get(address / STRIDE);
        if (whole == null) {
            throw new IllegalStateException("no memory at " + address);
        }
        return whole.slice((int) (address % STRIDE), (int) bytes);
    }

    @Override
    public void enter() {}

    @Override
    public Gpu gpu() {
        return new Gpu(0, "host", "0.0", 1 << 30);
    }

    @Override
    public long freeBytes() {
        return 1 << 30;
    }

    @Override
    public long allocate(long bytes) {
        memory.put(next, ByteBuffer.allocateDirect((int) bytes).order(ByteOrder.nativeOrder()));
        return next++ * STRIDE;
    }

    @Override
    public void free(long address) {
        if (memory.remove(address / STRIDE) == null) {
            throw new IllegalStateException("freed twice");
        }
    }

    int allocated() {
        return memory.size();
    }

    @Override
    public Pinned pin(long bytes) {
        pinned++;
        return new Pinned(-1, ByteBuffer.allocateDirect((int) bytes).order(ByteOrder.nativeOrder()));
    }

    @Override
    public void unpin(Pinned host) {
        pinned--;
    }

    @Override
    public void upload(long device, Pinned host, long offset, long bytes) {
        uploads++;
        stream.add(() -> at(device, bytes).put(0, host.buffer(), (int) offset, (int) bytes));
    }

    @Override
    public void download(Pinned host, long device, long bytes) {
        downloads++;
        stream.add(() -> host.buffer().put(0, at(device, bytes), 0, (int) bytes));
    }

    @Override
    public void copy(long target, long source, long bytes) {
        stream.add(() -> at(target, bytes).put(0, at(source, bytes), 0, (int) bytes));
    }

    @Override
    public void zero(long address, long bytes) {
        stream.add(() -> at(address, bytes).put(new byte[(int) bytes]));
    }

    @Override
    public void synchronize() {
        while (!stream.isEmpty()) {
            stream.poll().run();
        }
        synchronizations++;
    }

    @Override
    public long synchronizations() {
        return synchronizations;
    }

    @Override
    public void requireAlive() {}

    @Override
    public long stream() {
        return 0;
    }

    @Override
    public OptionalLong record(Runnable work) {
        return OptionalLong.empty();
    }

    @Override
    public void launch(long recorded) {}

    @Override
    public void forget(long recorded) {}

    @Override
    public void close() {}
}
