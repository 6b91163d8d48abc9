package dev.glimpse.engine;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtLoggingLevel;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Starts ONNX Runtime, once per process. */
final class OrtStart {
    /**
     * Bytes of stack, of which only those in use take memory. As it loads, ONNX Runtime 1.29 walks over the command line of
     * the process by recursion, some 300 bytes a character; a class path of 9 KB overflows the usual 1 MB and ends the
     * process without a word.
     */
    private static final long STACK = 512L << 20;

    private OrtStart() {}

    /** The environment of this process, started on first use. */
    static OrtEnvironment environment() {
        FutureTask<OrtEnvironment> start = new FutureTask<>(() -> {
            OrtLibraries.unpack();
            return OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR, "glimpse");
        });
        Thread thread = new Thread(null, start, "onnxruntime-start", STACK);
        thread.setDaemon(true);
        thread.start();
        try {
            return start.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("ONNX Runtime does not start", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while ONNX Runtime starts", e);
        }
    }
}
