package dev.glimpse.cuda;

import dev.glimpse.engine.DeviceException;
import java.util.Map;
import java.util.Set;

/** Error codes of the CUDA driver: which one a process survives, and what to call it. */
final class CudaError {
    static final int NONE = 0;
    static final int OUT_OF_MEMORY = 2;
    static final int NO_DEVICE = 100;

    /** Errors after which the context answers every further call with the same error. Others leave it usable. */
    private static final Set<Integer> FATAL =
            Set.of(4, 214, 220, 700, 702, 709, 710, 714, 715, 716, 717, 718, 719, 721, 999);

    private static final Map<Integer, String> NAMES = Map.ofEntries(
            Map.entry(1, "invalid value"),
            Map.entry(OUT_OF_MEMORY, "out of device memory"),
            Map.entry(3, "not initialised"),
            Map.entry(4, "driver is shutting down"),
            Map.entry(NO_DEVICE, "no device"),
            Map.entry(101, "invalid device"),
            Map.entry(201, "invalid context"),
            Map.entry(214, "uncorrectable memory error (ECC)"),
            Map.entry(220, "uncorrectable NVLink error"),
            Map.entry(400, "invalid handle"),
            Map.entry(700, "illegal address"),
            Map.entry(701, "too many resources for a launch"),
            Map.entry(702, "launch timed out"),
            Map.entry(709, "context was destroyed"),
            Map.entry(710, "assertion on the device"),
            Map.entry(714, "hardware stack error"),
            Map.entry(715, "illegal instruction"),
            Map.entry(716, "misaligned address"),
            Map.entry(717, "invalid address space"),
            Map.entry(718, "invalid program counter"),
            Map.entry(719, "launch failed"),
            Map.entry(721, "contained hardware error"),
            Map.entry(803, "driver does not fit this CUDA"),
            Map.entry(900, "not allowed while recording"),
            Map.entry(901, "recording was invalidated"),
            Map.entry(999, "unknown error"));

    private CudaError() {}

    /** Throws for any code but 0. */
    static void check(int code, String what) {
        if (code != NONE) {
            throw exception(code, what);
        }
    }

    static DeviceException exception(int code, String what) {
        boolean fatal = FATAL.contains(code);
        return new DeviceException(
                "%s failed on the GPU: %s (CUDA error %d)%s"
                        .formatted(what, name(code), code, fatal ? "; the process has to be started again" : ""),
                fatal,
                code == OUT_OF_MEMORY);
    }

    static String name(int code) {
        return NAMES.getOrDefault(code, "error");
    }
}
