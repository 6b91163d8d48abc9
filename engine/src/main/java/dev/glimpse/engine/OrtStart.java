package dev.glimpse.engine;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtLoggingLevel;
import com.sun.jna.NativeLibrary;

/**
 * Starts ONNX Runtime, once per process, without its telemetry. Left alone, version 1.29 keeps a device id in the user's
 * cache and reports its use over the network; and the regular expressions that it runs over the command line of the
 * process overflow the stack at about 4 KB and end the process without a word: a class path is longer than that.
 */
final class OrtStart {
    /** Read by native code as the library starts; no other switch comes early enough. */
    private static final String NO_TELEMETRY = "ORT_DISABLE_TELEMETRY";

    private OrtStart() {}

    /** The environment of this process, started on first use. */
    static synchronized OrtEnvironment environment() {
        OrtLibraries.unpack();
        if (System.getenv(NO_TELEMETRY) == null) { // the launcher sets it; other ways to start us may not
            NativeLibrary.getProcess().getFunction("setenv").invokeInt(new Object[] {NO_TELEMETRY, "1", 1});
        }
        return OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR, "glimpse");
    }
}
