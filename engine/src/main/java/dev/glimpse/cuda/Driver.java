package dev.glimpse.cuda;

import static dev.glimpse.cuda.CudaError.NONE;
import static dev.glimpse.cuda.CudaError.NO_DEVICE;
import static dev.glimpse.cuda.CudaError.check;

import com.sun.jna.Native;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.LongByReference;
import dev.glimpse.error.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The NVIDIA driver of this machine and the GPUs that it shows.
 *
 * @param version of the driver and of the CUDA that it speaks, such as {@code 580.159.04, CUDA 13.0}
 * @param gpus at least one
 */
public record Driver(String version, List<Gpu> gpus) {
    private static final int CAPABILITY_MAJOR = 75;
    private static final int CAPABILITY_MINOR = 76;
    private static final int NAME_LENGTH = 256;
    private static final Path MODULE = Path.of("/proc/driver/nvidia/version");
    private static final Pattern MODULE_VERSION = Pattern.compile("\\b(\\d{3}\\.\\d+(\\.\\d+)?)\\b");

    public Driver {
        gpus = List.copyOf(gpus);
    }

    /**
     * Asks the driver; loads nothing else.
     *
     * @throws UserError when there is no driver, none that works, or no GPU
     */
    public static Driver find() {
        CudaLibrary.load();
        int started = CudaLibrary.cuInit(0);
        IntByReference number = new IntByReference();
        if (started == NONE) {
            check(CudaLibrary.cuDeviceGetCount(number), "counting devices");
        }
        if (started == NO_DEVICE || (started == NONE && number.getValue() == 0)) {
            throw new UserError("the NVIDIA driver is there, but no GPU that this process may see."
                    + " Check nvidia-smi, CUDA_VISIBLE_DEVICES and the container's devices");
        }
        if (started != NONE) {
            throw new UserError("the NVIDIA driver does not start: %s (CUDA error %d). Check nvidia-smi"
                    .formatted(CudaError.name(started), started));
        }
        List<Gpu> gpus = new ArrayList<>();
        for (int ordinal = 0; ordinal < number.getValue(); ordinal++) {
            gpus.add(gpu(ordinal));
        }
        IntByReference cuda = new IntByReference();
        check(CudaLibrary.cuDriverGetVersion(cuda), "asking for the driver's version");
        return new Driver(version(module(), cuda.getValue()), gpus);
    }

    private static Gpu gpu(int ordinal) {
        IntByReference device = new IntByReference();
        check(CudaLibrary.cuDeviceGet(device, ordinal), "opening a device");
        byte[] name = new byte[NAME_LENGTH];
        check(CudaLibrary.cuDeviceGetName(name, name.length, device.getValue()), "naming a device");
        LongByReference bytes = new LongByReference();
        check(CudaLibrary.cuDeviceTotalMem_v2(bytes, device.getValue()), "asking for a device's memory");
        return new Gpu(
                ordinal,
                Native.toString(name, "UTF-8"),
                attribute(CAPABILITY_MAJOR, device.getValue()) + "." + attribute(CAPABILITY_MINOR, device.getValue()),
                bytes.getValue());
    }

    private static int attribute(int attribute, int device) {
        IntByReference value = new IntByReference();
        check(CudaLibrary.cuDeviceGetAttribute(value, attribute, device), "asking for a device's capability");
        return value.getValue();
    }

    private static String module() {
        try {
            return Files.readString(MODULE);
        } catch (IOException e) {
            return ""; // the CUDA version alone has to do
        }
    }

    /**
     * @param module what the kernel module says of itself, or nothing
     * @param cuda 1000 x major + 10 x minor
     */
    static String version(String module, int cuda) {
        Matcher version = MODULE_VERSION.matcher(module);
        String of = "CUDA " + cuda / 1000 + "." + cuda % 1000 / 10;
        return version.find() ? version.group(1) + ", " + of : of;
    }
}
