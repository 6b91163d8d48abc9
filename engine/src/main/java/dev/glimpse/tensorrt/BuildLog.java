package dev.glimpse.tensorrt;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.bytedeco.tensorrt.nvinfer.ILogger;

/**
 * Keeps the last errors that TensorRT reported, from whichever of its threads, so that a refusal can say why. There is one for
 * all engines of a process, as TensorRT has it.
 */
final class BuildLog extends ILogger {
    private static final int KEPT = 8;
    private static final int ERROR = 1;

    private final Deque<String> errors = new ArrayDeque<>();

    @Override
    public void log(ILogger.Severity severity, String message) {
        if (severity.value <= ERROR) {
            synchronized (errors) {
                if (errors.size() == KEPT) {
                    errors.removeFirst();
                }
                errors.addLast(String.valueOf(message)); // an exception here would end the process
            }
        }
    }

    /** The errors since the last call. */
    List<String> takeErrors() {
        synchronized (errors) {
            List<String> taken = List.copyOf(errors);
            errors.clear();
            return taken;
        }
    }
}
