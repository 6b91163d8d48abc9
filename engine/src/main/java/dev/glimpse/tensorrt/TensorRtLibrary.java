package dev.glimpse.tensorrt;

import static dev.glimpse.error.UserError.require;

import com.sun.jna.NativeLibrary;
import dev.glimpse.error.UserError;
import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.tensorrt.global.nvinfer;
import org.bytedeco.tensorrt.global.nvonnxparser;
import org.bytedeco.tensorrt.nvinfer.Dims64;
import org.bytedeco.tensorrt.nvinfer.IBuilder;
import org.bytedeco.tensorrt.nvinfer.IBuilderConfig;
import org.bytedeco.tensorrt.nvinfer.ICudaEngine;
import org.bytedeco.tensorrt.nvinfer.IExecutionContext;
import org.bytedeco.tensorrt.nvinfer.IHostMemory;
import org.bytedeco.tensorrt.nvinfer.ILogger;
import org.bytedeco.tensorrt.nvinfer.INetworkDefinition;
import org.bytedeco.tensorrt.nvinfer.INoCopy;
import org.bytedeco.tensorrt.nvinfer.IOptimizationProfile;
import org.bytedeco.tensorrt.nvinfer.IRuntime;
import org.bytedeco.tensorrt.nvinfer.ITensor;
import org.bytedeco.tensorrt.nvinfer.ITimingCache;
import org.bytedeco.tensorrt.nvonnxparser.IParser;
import org.bytedeco.tensorrt.nvonnxparser.IParserError;
import org.jspecify.annotations.Nullable;

/**
 * Loads TensorRT of the system and JavaCPP's bridge to it, and nothing else. JavaCPP's own way would load the CUDA runtime,
 * cuBLAS, cuDNN and NVRTC of one exact version before it; the bridge needs none of them, and without them the same bridge
 * serves CUDA 12 and 13. See docs/adr/0008.
 */
public final class TensorRtLibrary {
    /** In the order in which they need each other. */
    static final List<String> LIBRARIES =
            List.of("libnvinfer.so.10", "libnvinfer_plugin.so.10", "libnvonnxparser.so.10");

    private static final int OLDEST = 100_300;

    private static final List<String> BRIDGES = List.of("libjninvinfer.so", "libjninvonnxparser.so");

    /** JavaCPP looks at this whenever a class of a preset is initialised. */
    private static final String SWITCH = "org.bytedeco.javacpp.loadlibraries";

    /** Those that are used: initialised here, while the switch is off. */
    private static final List<Class<?>> CLASSES = List.of(
            nvinfer.class,
            nvonnxparser.class,
            ILogger.class,
            INoCopy.class,
            IBuilder.class,
            IBuilderConfig.class,
            INetworkDefinition.class,
            IOptimizationProfile.class,
            ITensor.class,
            ITimingCache.class,
            IHostMemory.class,
            IRuntime.class,
            ICudaEngine.class,
            IExecutionContext.class,
            Dims64.class,
            IParser.class,
            IParserError.class);

    /** Held for ever: JNA unloads a library that nobody holds, and TensorRT does not survive that. */
    private static final List<NativeLibrary> OPEN = new ArrayList<>();

    /** Held for ever: TensorRT keeps the first logger that it is given, whichever objects are freed since. */
    private static @Nullable BuildLog log;

    private TensorRtLibrary() {}

    /**
     * Loads the libraries; does nothing the second time. Needs a GPU that works: without one some of TensorRT's functions
     * return addresses of nothing.
     *
     * @return what TensorRT complains about, in this whole process
     * @throws UserError when a library is missing, or this machine has no bridge to it
     */
    static synchronized BuildLog load() {
        if (log != null) {
            return log;
        }
        require(
                number() >= OLDEST,
                "expected TensorRT 10.3 or newer, found %s. Install a newer one, on a Jetson with JetPack 6 or 7",
                version());
        Loader.load(Pointer.class);
        String before = System.setProperty(SWITCH, "false");
        try {
            for (String bridge : BRIDGES) {
                System.load(unpacked(bridge).toString());
            }
            for (Class<?> used : CLASSES) {
                Class.forName(used.getName(), true, used.getClassLoader());
            }
        } catch (ClassNotFoundException | UnsatisfiedLinkError e) {
            throw new UserError("JavaCPP's bridge does not fit TensorRT " + version() + ": " + e, e);
        } finally {
            if (before == null) {
                System.clearProperty(SWITCH);
            } else {
                System.setProperty(SWITCH, before);
            }
        }
        BuildLog made = new BuildLog();
        registerPlugins(made);
        log = made;
        return made;
    }

    /** Opens what is not open yet. */
    private static synchronized List<NativeLibrary> libraries() {
        for (String name : LIBRARIES.subList(OPEN.size(), LIBRARIES.size())) {
            try {
                OPEN.add(NativeLibrary.getInstance(name));
            } catch (UnsatisfiedLinkError e) {
                throw new UserError(
                        ("no TensorRT: %s was not found. Install TensorRT 10 (libnvinfer10, libnvinfer-plugin10,"
                                        + " libnvonnxparsers10), or name its folder in LD_LIBRARY_PATH")
                                .formatted(name),
                        e);
            }
        }
        return OPEN;
    }

    private static File unpacked(String bridge) {
        String resource = "/org/bytedeco/tensorrt/" + Loader.getPlatform() + "/" + bridge;
        URL url = TensorRtLibrary.class.getResource(resource);
        if (url == null) {
            throw new UserError(("built without TensorRT for this machine: no %s on the class path. It is there for"
                            + " linux-x86_64 and linux-arm64")
                    .formatted(resource));
        }
        try {
            return Loader.cacheResource(url);
        } catch (IOException e) {
            throw new UserError("%s cannot be unpacked into JavaCPP's cache: %s".formatted(bridge, e), e);
        }
    }

    /**
     * Version of TensorRT on this machine, such as {@code 10.15.1}; loads the three libraries, but no bridge.
     *
     * @throws UserError when one is missing
     */
    public static String version() {
        int version = number();
        return version / 10_000 + "." + version / 100 % 100 + "." + version % 100;
    }

    /** 10000 x major + 100 x minor + patch. */
    static int number() {
        return libraries().get(0).getFunction("getInferLibVersion").invokeInt(new Object[0]);
    }

    /** Makes the operators that live in the plugin library, RoiAlign among them, known to the parser and to plans. */
    private static void registerPlugins(ILogger log) {
        libraries().get(1).getFunction("initLibNvInferPlugins").invokeInt(new Object[] {
            new com.sun.jna.Pointer(log.address()), ""
        });
    }
}
