package dev.glimpse.tensorrt;

import dev.glimpse.bundle.Manifest;
import dev.glimpse.error.UserError;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.tensorrt.global.nvinfer;
import org.bytedeco.tensorrt.global.nvinfer.BuilderFlag;
import org.bytedeco.tensorrt.global.nvinfer.MemoryPoolType;
import org.bytedeco.tensorrt.global.nvinfer.NetworkDefinitionCreationFlag;
import org.bytedeco.tensorrt.global.nvinfer.OptProfileSelector;
import org.bytedeco.tensorrt.global.nvonnxparser;
import org.bytedeco.tensorrt.nvinfer.Dims64;
import org.bytedeco.tensorrt.nvinfer.IBuilder;
import org.bytedeco.tensorrt.nvinfer.IBuilderConfig;
import org.bytedeco.tensorrt.nvinfer.IHostMemory;
import org.bytedeco.tensorrt.nvinfer.INetworkDefinition;
import org.bytedeco.tensorrt.nvinfer.IOptimizationProfile;
import org.bytedeco.tensorrt.nvinfer.ITimingCache;
import org.bytedeco.tensorrt.nvonnxparser.IParser;
import org.bytedeco.tensorrt.nvonnxparser.IParserError;
import org.jspecify.annotations.Nullable;

/**
 * Compiles an ONNX graph for the present GPU. The network is strongly typed: every precision is the graph's own, and
 * float32 is not rounded to TF32.
 *
 * @param workspaceBytes device memory that the compiler may use at most while it tries ways to compute a layer
 */
record PlanBuilder(BuildLog log, long workspaceBytes) {
    private static final int ERRORS_SHOWN = 5;

    /**
     * A compiled network in memory of TensorRT; close it.
     *
     * @param bytes valid until it is closed
     * @param timings what was measured, for the next build; valid until it is closed
     */
    record Plan(ByteBuffer bytes, Optional<ByteBuffer> timings, Natives natives) implements AutoCloseable {
        @Override
        public void close() {
            natives.close();
        }
    }

    /**
     * Compiles; takes seconds to minutes.
     *
     * @param name of the graph, for messages
     * @param timings of earlier builds on this machine
     * @throws UserError when the graph cannot be read, uses what TensorRT lacks, or does not fit into the GPU's memory
     */
    Plan build(String name, byte[] model, Manifest.Graph contract, Batches batches, Optional<ByteBuffer> timings) {
        log.takeErrors();
        Natives kept = new Natives();
        try (Natives natives = new Natives();
                BytePointer bytes = new BytePointer(SignedActivations.of(model))) {
            Supplier<RuntimeException> refusal = () -> refused(name);
            IBuilder builder =
                    natives.own(cast(nvinfer.createInferBuilder_INTERNAL(log, TensorRtLibrary.number())), refusal);
            INetworkDefinition network = natives.own(
                    builder.createNetworkV2(1 << NetworkDefinitionCreationFlag.kSTRONGLY_TYPED.value), refusal);
            parse(name, natives, network, bytes);
            IBuilderConfig config = natives.own(builder.createBuilderConfig(), refusal);
            config.setMemoryPoolLimit(MemoryPoolType.kWORKSPACE, workspaceBytes);
            config.clearFlag(BuilderFlag.kTF32);
            addProfile(name, builder, network, config, batches.ranges(contract));
            useTimings(natives, config, timings);
            IHostMemory plan = kept.own(builder.buildSerializedNetwork(network, config), refusal);
            return new Plan(bytes(plan), measured(kept, config), kept);
        } catch (RuntimeException e) {
            kept.close();
            throw e;
        }
    }

    private static @Nullable IBuilder cast(@Nullable Pointer made) {
        return made == null || made.isNull() ? null : new IBuilder(made);
    }

    private void parse(String name, Natives natives, INetworkDefinition network, BytePointer model) {
        int version = nvonnxparser.getNvOnnxParserVersion();
        Pointer made = nvonnxparser.createNvOnnxParser_INTERNAL(network, log, version);
        IParser parser = natives.own(made == null || made.isNull() ? null : new IParser(made), () -> refused(name));
        if (!parser.parse(model, model.capacity())) {
            throw new UserError(
                    "%s cannot be read by TensorRT %s: %s. Use engine onnxruntime, or export the bundle again"
                            .formatted(name, TensorRtLibrary.version(), String.join("; ", errors(parser))));
        }
    }

    /** What the parser has to say, with the operator and the node that each is about. */
    private List<String> errors(IParser parser) {
        List<String> errors = new ArrayList<>();
        int count = parser.getNbErrors();
        for (int i = 0; i < Math.min(count, ERRORS_SHOWN); i++) {
            IParserError error = parser.getError(i);
            if (error != null && !error.isNull()) {
                errors.add(
                        "%s %s: %s".formatted(text(error.nodeOperator()), text(error.nodeName()), text(error.desc())));
            }
        }
        if (count > ERRORS_SHOWN) {
            errors.add((count - ERRORS_SHOWN) + " more");
        }
        return errors.isEmpty() ? log.takeErrors() : errors;
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text.strip();
    }

    private static void addProfile(
            String name,
            IBuilder builder,
            INetworkDefinition network,
            IBuilderConfig config,
            Map<String, Batches.Range> ranges) {
        for (int i = 0; i < network.getNbInputs(); i++) {
            if (network.getInput(i).isShapeTensor()) {
                throw new UserError(
                        "%s: the values of input %s decide shapes, which is not supported on TensorRT. Use engine onnxruntime"
                                .formatted(name, network.getInput(i).getName()));
            }
        }
        if (ranges.isEmpty()) {
            return;
        }
        IOptimizationProfile profile = builder.createOptimizationProfile(); // belongs to the builder
        ranges.forEach((input, range) -> {
            boolean fits = set(profile, input, OptProfileSelector.kMIN, range.least())
                    && set(profile, input, OptProfileSelector.kOPT, range.typical())
                    && set(profile, input, OptProfileSelector.kMAX, range.most());
            UserError.require(
                    fits, "%s: TensorRT refused the shapes of input %s. Export the bundle again", name, input);
        });
        UserError.require(
                config.addOptimizationProfile(profile) >= 0,
                "%s: its inputs are not those of its manifest. Export the bundle again",
                name);
    }

    private static boolean set(IOptimizationProfile profile, String input, OptProfileSelector which, long[] shape) {
        try (Dims64 dims = dims(shape)) {
            return profile.setDimensions(input, which, dims);
        }
    }

    static Dims64 dims(long[] shape) {
        Dims64 dims = new Dims64();
        dims.nbDims(shape.length);
        for (int i = 0; i < shape.length; i++) {
            dims.d(i, shape[i]);
        }
        return dims;
    }

    private static void useTimings(Natives natives, IBuilderConfig config, Optional<ByteBuffer> timings) {
        ByteBuffer known = timings.orElse(ByteBuffer.allocateDirect(1).limit(0));
        ITimingCache cache = config.createTimingCache(new BytePointer(known), known.remaining());
        if (cache == null || cache.isNull()) {
            return; // of another version: TensorRT measures again
        }
        natives.own(cache, () -> new IllegalStateException("checked above"));
        config.setTimingCache(cache, false);
    }

    private static Optional<ByteBuffer> measured(Natives natives, IBuilderConfig config) {
        ITimingCache cache = config.getTimingCache(); // belongs to us already, or to the configuration
        if (cache == null || cache.isNull()) {
            return Optional.empty();
        }
        IHostMemory memory = cache.serialize();
        if (memory == null || memory.isNull()) {
            return Optional.empty();
        }
        return Optional.of(bytes(natives.own(memory, () -> new IllegalStateException("checked above"))));
    }

    private static ByteBuffer bytes(IHostMemory memory) {
        return new BytePointer(memory.data())
                .capacity(Math.toIntExact(memory.size()))
                .asByteBuffer();
    }

    /** Why nothing came back, in TensorRT's words, with advice for the commonest reason. */
    private UserError refused(String name) {
        List<String> errors = log.takeErrors();
        String all = String.join("; ", errors);
        String lower = all.toLowerCase(Locale.ROOT);
        boolean memory =
                lower.contains("outofmemory") || lower.contains("out of memory") || lower.contains("insufficient");
        return new UserError("%s could not be compiled by TensorRT %s: %s. %s"
                .formatted(
                        name,
                        TensorRtLibrary.version(),
                        all.isEmpty() ? "it gave no reason" : all,
                        memory
                                ? "The GPU has too little free memory: end other programs on it, or lower engine.workspaceMegabytes"
                                : "Use engine onnxruntime, or export the bundle again"));
    }
}
