package dev.glimpse.tensorrt;

import dev.glimpse.bundle.Manifest;
import dev.glimpse.cuda.Cuda;
import dev.glimpse.cuda.CudaContext;
import dev.glimpse.cuda.Driver;
import dev.glimpse.engine.ElementType;
import dev.glimpse.engine.Engine;
import dev.glimpse.engine.Network;
import dev.glimpse.engine.Tensor;
import dev.glimpse.error.UserError;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.tensorrt.global.nvinfer;
import org.bytedeco.tensorrt.nvinfer.ICudaEngine;
import org.bytedeco.tensorrt.nvinfer.IRuntime;

/**
 * TensorRT on the first GPU that the process may see. A network that was never compiled on this machine is compiled when it is
 * opened, which takes seconds to minutes, tried, and kept.
 */
public final class TensorRtEngine implements Engine {
    /** When CUDA does not start, TensorRT 10 returns not null, but null plus the place of a field. */
    private static final long LOWEST_ADDRESS = 1 << 16;

    private final TensorRtSettings settings;
    private final Trial trial;
    private final PlanCache cache;
    private final Driver driver;
    private final Cuda cuda;
    private final BuildLog log;
    private final IRuntime runtime;
    private final long freeAtStart;
    private final AtomicInteger openTensors = new AtomicInteger();

    /**
     * Opens the GPU and loads TensorRT.
     *
     * @param trial what a network must pass before it is used for the first time
     * @throws UserError when driver, GPU or library are missing, or the cache cannot be used
     */
    public TensorRtEngine(TensorRtSettings settings, Trial trial) {
        this.settings = settings;
        this.trial = trial;
        this.driver = Driver.find(); // first: without a GPU, TensorRT returns addresses of nothing
        this.cache = new PlanCache(settings.cache(), settings.notes());
        this.log = TensorRtLibrary.load();
        this.cuda = new CudaContext(driver.gpus().get(0));
        this.freeAtStart = cuda.freeBytes();
        Pointer made = nvinfer.createInferRuntime_INTERNAL(log, TensorRtLibrary.number());
        if (made == null || made.address() < LOWEST_ADDRESS) {
            cuda.close();
            throw new UserError(
                    "TensorRT %s does not start with driver %s: %s. Error 35 says that the driver is too old for it: update the driver"
                            .formatted(
                                    TensorRtLibrary.version(), driver.version(), String.join("; ", log.takeErrors())));
        }
        this.runtime = new IRuntime(made);
    }

    @Override
    public String name() {
        return "tensorrt " + TensorRtLibrary.version();
    }

    /** Driver and GPU, for people. */
    public String device() {
        return cuda.gpu() + ", driver " + driver.version();
    }

    /** Bytes of the GPU's memory that went since this engine was opened, as far as nobody else uses the GPU. */
    public long takenBytes() {
        return Math.max(0, freeAtStart - cuda.freeBytes());
    }

    @Override
    public Network open(String name, byte[] model, Manifest.Graph contract) {
        cuda.enter();
        PlanKey key = PlanKey.of(model, TensorRtLibrary.version(), driver.version(), cuda.gpu(), settings.batches());
        cache.read(key.refusal()).ifPresent(reason -> {
            throw new UserError("%s was refused before: %s. Remove %s to try again"
                    .formatted(
                            name,
                            StandardCharsets.UTF_8.decode(reason),
                            settings.cache().resolve(key.refusal())));
        });
        Optional<ByteBuffer> kept = cache.read(key.file());
        if (kept.isPresent()) {
            Optional<ICudaEngine> engine = load(kept.get());
            if (engine.isPresent()) {
                return network(name, contract, engine.get());
            }
            settings.notes().accept(name + ": the kept network is of another TensorRT, compiling it again");
            cache.remove(key.file());
        }
        return compile(name, model, contract, key);
    }

    private Network compile(String name, byte[] model, Manifest.Graph contract, PlanKey key) {
        settings.notes()
                .accept("compiling %s for %s, once; this takes up to minutes"
                        .formatted(name, cuda.gpu().name()));
        long started = System.nanoTime();
        PlanBuilder builder = new PlanBuilder(log, Math.min(settings.workspaceBytes(), cuda.freeBytes() / 2));
        try (PlanBuilder.Plan plan =
                builder.build(name, model, contract, settings.batches(), cache.read(key.timings()))) {
            Network network = network(
                    name,
                    contract,
                    load(plan.bytes())
                            .orElseThrow(() -> new UserError("%s: TensorRT does not load what it has compiled: %s"
                                    .formatted(name, String.join("; ", log.takeErrors())))));
            try {
                tryOut(name, network, key);
                cache.write(key.file(), plan.bytes());
                plan.timings().ifPresent(timings -> cache.write(key.timings(), timings));
            } catch (RuntimeException e) {
                network.close();
                throw e;
            }
            settings.notes()
                    .accept(String.format(
                            Locale.ROOT,
                            "compiled %s in %.1f s, %,d bytes",
                            name,
                            (System.nanoTime() - started) / 1e9,
                            plan.bytes().remaining()));
            return network;
        }
    }

    /** What failed once would fail again, after minutes of compiling: the reason is kept in place of the network. */
    private void tryOut(String name, Network network, PlanKey key) {
        try {
            trial.run(name, network, this);
        } catch (UserError e) {
            cache.write(
                    key.refusal(),
                    ByteBuffer.wrap(String.valueOf(e.getMessage()).getBytes(StandardCharsets.UTF_8)));
            throw e;
        }
    }

    private Optional<ICudaEngine> load(ByteBuffer plan) {
        ICudaEngine engine = runtime.deserializeCudaEngine(new BytePointer(plan), plan.remaining());
        return engine == null || engine.isNull() ? Optional.empty() : Optional.of(engine);
    }

    private Network network(String name, Manifest.Graph contract, ICudaEngine engine) {
        boolean recorded =
                settings.recorded().contains(String.valueOf(Path.of(name).getFileName()));
        try {
            return new TensorRtNetwork(
                    name, contract, cuda, engine, log, settings.batches().most(), recorded);
        } catch (RuntimeException e) {
            Natives.delete(engine);
            throw e;
        }
    }

    @Override
    public Tensor allocate(ElementType type, long... shape) {
        return DeviceTensor.allocate(cuda, type, shape, openTensors);
    }

    @Override
    public int maxRows() {
        return settings.batches().most();
    }

    @Override
    public int openTensors() {
        return openTensors.get();
    }

    @Override
    public void close() {
        cuda.enter();
        Natives.delete(runtime);
        cuda.close();
    }
}
