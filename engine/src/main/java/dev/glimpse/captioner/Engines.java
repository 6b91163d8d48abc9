package dev.glimpse.captioner;

import dev.glimpse.bundle.Bundle;
import dev.glimpse.bundle.Manifest;
import dev.glimpse.device.EngineName;
import dev.glimpse.device.TensorRtPresence;
import dev.glimpse.engine.DeviceException;
import dev.glimpse.engine.Engine;
import dev.glimpse.engine.OrtEngine;
import dev.glimpse.error.UserError;
import dev.glimpse.tensorrt.Batches;
import dev.glimpse.tensorrt.PlanCache;
import dev.glimpse.tensorrt.TensorRtEngine;
import dev.glimpse.tensorrt.TensorRtSettings;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Opens the engine that a user asked for, or the best that this machine has, ready to run one bundle. */
public final class Engines {
    /** Rows that TensorRT compiles for: one picture is common, sixteen keep a large GPU busy. Larger batches are split. */
    static final Batches BATCHES = new Batches(4, 16);

    /** Enough for every graph of the full size; a small GPU gives half of what it has free. */
    public static final int WORKSPACE_MEGABYTES = 2048;

    private Engines() {}

    /**
     * An open engine.
     *
     * @param reason why this one, one sentence
     */
    public record Chosen(Engine engine, String reason) {}

    /**
     * What to open.
     *
     * @param threads processor threads of ONNX Runtime
     * @param workspaceMegabytes device memory that TensorRT's compiler may use, in MiB
     * @param notes hears what takes long and what was refused, one sentence each
     */
    public record Wish(EngineName name, int threads, int workspaceMegabytes, Consumer<String> notes) {}

    /**
     * Opens an engine. On TensorRT every graph of the bundle is compiled now if it never was on this machine.
     *
     * @throws UserError when TensorRT was asked for by name and cannot be had, or does not compute what the bundle's golden
     *     outputs say; with {@code auto} the reason tells it, and ONNX Runtime serves
     */
    public static Chosen open(Wish wish, Bundle bundle) {
        return open(wish, TensorRtPresence::find, () -> tensorRt(wish, bundle));
    }

    static Chosen open(Wish wish, Supplier<TensorRtPresence> presence, Supplier<Engine> tensorRt) {
        return switch (wish.name()) {
            case ONNXRUNTIME -> new Chosen(new OrtEngine(wish.threads()), "onnxruntime, as asked for");
            case TENSORRT -> new Chosen(tensorRt.get(), "tensorrt, as asked for");
            case AUTO -> auto(wish, presence.get(), tensorRt);
        };
    }

    private static Chosen auto(Wish wish, TensorRtPresence presence, Supplier<Engine> tensorRt) {
        if (presence.missing().isPresent()) {
            return new Chosen(
                    new OrtEngine(wish.threads()),
                    "onnxruntime: " + presence.missing().get());
        }
        try {
            return new Chosen(tensorRt.get(), "tensorrt: %s on %s".formatted(presence.version(), presence.device()));
        } catch (UserError e) {
            return new Chosen(
                    new OrtEngine(wish.threads()), "onnxruntime: TensorRT is there but was refused: " + e.getMessage());
        } catch (DeviceException e) {
            if (e.fatal()) {
                throw e;
            }
            return new Chosen(
                    new OrtEngine(wish.threads()), "onnxruntime: TensorRT is there but failed: " + e.getMessage());
        }
    }

    /** TensorRT with every graph of the bundle compiled, tried and kept. */
    private static TensorRtEngine tensorRt(Wish wish, Bundle bundle) {
        TensorRtEngine engine = tensorRt(wish, bundle, PlanCache.usual());
        try {
            for (Map.Entry<String, Manifest.Graph> graph :
                    bundle.manifest().graphs().entrySet()) {
                String file = graph.getKey();
                engine.open(bundle.path(file).toString(), bundle.read(file), graph.getValue())
                        .close();
            }
            return engine;
        } catch (RuntimeException e) {
            engine.close();
            throw e;
        }
    }

    /**
     * TensorRT that compiles each graph of the bundle, and tries it, when it is first opened.
     *
     * @param plans directory of compiled networks
     * @throws UserError when it cannot be had
     */
    public static TensorRtEngine tensorRt(Wish wish, Bundle bundle, Path plans) {
        TensorRtSettings settings = new TensorRtSettings(
                plans, BATCHES, (long) wish.workspaceMegabytes() << 20, Set.of(Bundle.STEP), wish.notes());
        return new TensorRtEngine(settings, new GoldenTrial(bundle));
    }
}
