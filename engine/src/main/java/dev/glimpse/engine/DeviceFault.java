package dev.glimpse.engine;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What an error of an engine says about its device, read from the whole chain of causes and what they say. */
public enum DeviceFault {
    /** Nothing: the device is sound. */
    NONE,
    /** Its memory did not suffice this time; a smaller batch may fit. */
    OUT_OF_MEMORY,
    /** Its state is lost for this process (CUDA calls such errors sticky): only a new process can go on. */
    FATAL;

    private static final int DEEPEST = 20;
    private static final Pattern CODE =
            Pattern.compile("(?i)\\bcuda\\w*\\s*(?:runtime\\s*)?(?:error|failure)\\w*\\W{0,3}(\\d{1,3})\\b");
    private static final Pattern FATAL_WORDS = Pattern.compile(
            "(?i)illegal (?:memory access|address|instruction)|launch (?:timed out|failure)|unspecified launch|"
                    + "device-side assert|misaligned address|uncorrectable (?:ECC|NVLink)|hardware stack error|"
                    + "cudaErrorIllegalAddress|cudaErrorLaunchFailure|cudaErrorLaunchTimeout|cudaErrorAssert|"
                    + "cudaErrorECCUncorrectable|cudaErrorMisalignedAddress|cudaErrorIllegalInstruction");
    private static final Pattern MEMORY_WORDS =
            Pattern.compile("(?i)out of memory|cudaErrorMemoryAllocation|failed to allocate memory|OutOfMemory");
    /** cudaErrorIllegalAddress, LaunchTimeout, Assert, HardwareStackError to LaunchFailure, ECCUncorrectable. */
    private static final Set<Integer> FATAL_CODES = Set.of(214, 700, 702, 710, 714, 715, 716, 717, 718, 719);

    private static final int OUT_OF_MEMORY_CODE = 2;

    /** What a {@link DeviceException} in the chain says counts; without one, the worst that any message says. */
    public static DeviceFault of(Throwable error) {
        DeviceFault worst = NONE;
        int depth = 0;
        for (Throwable cause = error; cause != null && depth < DEEPEST; cause = cause.getCause(), depth++) {
            if (cause instanceof DeviceException device) {
                return of(device);
            }
            DeviceFault found = of(String.valueOf(cause.getMessage()));
            worst = found.compareTo(worst) > 0 ? found : worst;
        }
        return worst;
    }

    private static DeviceFault of(DeviceException device) {
        return device.fatal() ? FATAL : device.outOfMemory() ? OUT_OF_MEMORY : NONE;
    }

    private static DeviceFault of(String message) {
        Matcher code = CODE.matcher(message);
        boolean memory = MEMORY_WORDS.matcher(message).find();
        while (code.find()) {
            int number = Integer.parseInt(code.group(1));
            if (FATAL_CODES.contains(number)) {
                return FATAL;
            }
            memory |= number == OUT_OF_MEMORY_CODE;
        }
        if (FATAL_WORDS.matcher(message).find()) {
            return FATAL;
        }
        return memory ? OUT_OF_MEMORY : NONE;
    }
}
