package dev.glimpse.device;

import java.util.Locale;

/** Which engine a user wants. */
public enum EngineName {
    /** TensorRT where the machine has it, else ONNX Runtime. */
    AUTO,
    TENSORRT,
    ONNXRUNTIME;

    /** As written in settings and on the command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
